import { posix } from 'node:path'

/** Folders of a Next.js application, from the root of the repository; absent where there is none. */
export interface NextProject {
  readonly app: string | undefined
  readonly pages: string | undefined
}

/** Finds the folders of each Next.js application among some files: beside its next.config, or in `src` beside it. */
export function findNextProjects(paths: readonly string[]): NextProject[] {
  const roots = paths
    .filter(path => /(^|\/)next\.config\.[cm]?[jt]s$/.test(path))
    .map(path => posix.dirname(path))
  return roots.flatMap(root => {
    const folder = (name: string): string | undefined =>
      // Next.js looks into src only where there is none beside it.
      [posix.join(root, name), posix.join(root, 'src', name)].find(candidate =>
        paths.some(path => path.startsWith(`${candidate}/`)),
      )
    const project = { app: folder('app'), pages: folder('pages') }
    return project.app === undefined && project.pages === undefined ? [] : [project]
  })
}
