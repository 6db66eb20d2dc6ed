import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { findCatalog } from '@throughline/catalog'
import { ENV_THROUGHLINE_CATALOG } from '@throughline/conventions'
import { UsageError } from './usage-error.ts'

/** Where a catalog is, and the repository that it is about. */
export interface CatalogPlace {
  /** Absolute path of the catalog. */
  readonly path: string
  /** Folder from which its paths count, and into which is generated. */
  readonly root: string
  /** Path of the catalog from the root, with `/`. */
  readonly file: string
}

/**
 * Finds the catalog: as it is named, else by THROUGHLINE_CATALOG, else as a package.json here or above says, else the nearest
 * `ownership.yaml`. Throws a UsageError where there is none.
 *
 * Its root is the folder of that package.json, else the one with `.git`, else its own.
 */
export function locateCatalog(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  named: string | undefined,
): CatalogPlace {
  const place = searchCatalog(cwd, env, named)
  if (place !== undefined) return place
  throw new UsageError(
    `there is no ownership.yaml in ${cwd} or above`,
    'write one, name another file with --catalog, or draft one with throughline owners import',
  )
}

/** The same for what also works without a catalog. Throws a UsageError only where one is named that is not there. */
export function searchCatalog(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  named: string | undefined,
): CatalogPlace | undefined {
  const path = namedCatalog(cwd, env, named) ?? packageCatalog(cwd)?.path ?? findCatalog(cwd)
  if (path === undefined) return undefined
  if (!existsSync(path)) {
    throw new UsageError(
      `there is no catalog at ${path}`,
      'name a file that is there with --catalog',
    )
  }
  const folder = dirname(path)
  const root = packageCatalog(folder)?.root ?? findAbove(folder, '.git') ?? folder
  return { path, root, file: relative(root, path).split(sep).join('/') }
}

function namedCatalog(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  named: string | undefined,
): string | undefined {
  const name = named ?? (env[ENV_THROUGHLINE_CATALOG] || undefined)
  return name === undefined ? undefined : resolve(cwd, name)
}

/** The nearest package.json that names a catalog: `"throughline": { "catalog": "config/ownership.yaml" }`. */
function packageCatalog(
  from: string,
): { readonly path: string; readonly root: string } | undefined {
  const root = findAbove(from, 'package.json')
  if (root === undefined) return undefined
  const catalog = catalogIn(join(root, 'package.json'))
  if (catalog !== undefined) return { path: join(root, catalog), root }
  const parent = dirname(root)
  return parent === root ? undefined : packageCatalog(parent)
}

function catalogIn(path: string): string | undefined {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
      throughline?: { catalog?: unknown }
    }
    const catalog = manifest.throughline?.catalog
    return typeof catalog === 'string' ? catalog : undefined
  } catch {
    // A package.json that cannot be read names no catalog; what it is for will say so.
    return undefined
  }
}

/** The folder `from`, or the nearest above it, that holds something of that name. */
function findAbove(from: string, name: string): string | undefined {
  if (existsSync(join(from, name))) return from
  const parent = dirname(from)
  return parent === from ? undefined : findAbove(parent, name)
}
