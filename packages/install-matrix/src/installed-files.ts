import { globSync, lstatSync, realpathSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** What an install takes. */
export interface InstallSize {
  readonly packages: number
  readonly megabytes: number
}

/** Real folders of every copy of a package below `node_modules`, whichever package manager wrote them. */
export function listCopies(folder: string, name: string): string[] {
  const found = globSync(
    [
      `node_modules/**/node_modules/${name}/package.json`,
      `node_modules/.pnpm/*/node_modules/${name}/package.json`,
      `node_modules/${name}/package.json`,
    ],
    { cwd: folder },
  )
  return [...new Set(found.map(path => realpathSync(join(folder, path))))].toSorted()
}

/** Measures what npm has installed: bytes of the files, and packages. */
export async function measureInstall(folder: string): Promise<InstallSize> {
  const modules = join(folder, 'node_modules')
  const entries = await readdir(modules, { recursive: true, withFileTypes: true })
  const files = entries
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const bytes = files.reduce((sum, file) => sum + lstatSync(file).size, 0)
  const packages = files.filter(file =>
    /node_modules\/(?:@[^/]+\/)?[^/@.][^/]*\/package\.json$/.test(file),
  )
  return { packages: packages.length, megabytes: bytes / 1e6 }
}
