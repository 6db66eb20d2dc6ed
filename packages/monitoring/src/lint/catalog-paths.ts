import type { Catalog, Service } from '@throughline/catalog'

/** A path of the catalog that has to name something on disk. */
export interface CatalogPath {
  /** Key of the catalog: `rateLimits`, `paths`. */
  readonly key: string
  /** A path from the root of the repository, or a glob. */
  readonly path: string
  readonly line: number
}

/** Words that say where something is without naming a file. */
const WORDS = new Set(['generated', 'none', 'stdout', 'stderr'])

/** The paths of a service: globs of its sources, and locations that are neither an address nor a word. */
export function pathsToCheck({ locations, paths, line }: Service): CatalogPath[] {
  const { line: locationsLine = line, ...named } = locations ?? {}
  const located = Object.entries(named).flatMap(([key, path]): CatalogPath[] => {
    if (path === undefined || WORDS.has(path) || /^[a-z]+:|\s/i.test(path)) return []
    return [{ key, path, line: locationsLine }]
  })
  return [...located, ...paths.map(path => ({ key: 'paths', path, line }))]
}

/** Folder of the runbooks from the root of the repository, as the first service says that has one. */
export function runbookFolderOf({ services }: Catalog): string {
  const located = [...services.values()].flatMap(pathsToCheck)
  const found = located.find(({ key }) => key === 'runbooks')?.path
  return found?.replaceAll(/^\.\/|\/$/g, '') ?? 'docs/runbooks'
}
