import { existsSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { ENV_THROUGHLINE_CATALOG } from '@throughline/conventions'
import type { Catalog } from './catalog.ts'
import { parseCatalog, type ParseCatalogOptions } from './parse.ts'
import type { Parsed } from './problem.ts'

const FILE_NAME = 'ownership.yaml'

/**
 * Reads the catalog at `path`, in one go: it is needed before the first request.
 *
 * A file that is missing or cannot be read is a problem like any other. Never throws.
 */
export function readCatalog(path: string, options: ParseCatalogOptions = {}): Parsed<Catalog> {
  const { file = nameOf(path) } = options
  try {
    return parseCatalog(readFileSync(path, 'utf8'), { ...options, file })
  } catch (error) {
    return { ok: false, problems: [{ at: file, ...unreadable(error as NodeJS.ErrnoException) }] }
  }
}

/** Path of the nearest `ownership.yaml` in the folder `from` or above it. */
export function findCatalog(from: string): string | undefined {
  const folder = resolve(from)
  const path = join(folder, FILE_NAME)
  if (existsSync(path)) return path
  const parent = dirname(folder)
  return parent === folder ? undefined : findCatalog(parent)
}

/** A path as a reader in the working directory would write it. */
function nameOf(path: string): string {
  const near = relative(process.cwd(), path)
  return isAbsolute(path) && near.startsWith(join('..', '..', '..')) ? path : near || path
}

function unreadable({ code = 'unknown error' }: NodeJS.ErrnoException): {
  message: string
  fix: string
} {
  switch (code) {
    case 'ENOENT':
      return {
        message: 'there is no such file',
        fix: `write ${FILE_NAME}, or name another file in ${ENV_THROUGHLINE_CATALOG}`,
      }
    case 'EISDIR':
      return { message: 'it is a folder, not a file', fix: `name the file in it: ${FILE_NAME}` }
    case 'EACCES':
    case 'EPERM':
      return {
        message: 'this process may not read it',
        fix: 'give the process the right to read it',
      }
    default:
      return { message: `it cannot be read: ${code}`, fix: 'name a file that can be read' }
  }
}
