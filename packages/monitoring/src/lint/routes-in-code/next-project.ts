import { posix } from 'node:path'

/** Folders of a Next.js application, from the root of the repository; absent where there is none. */
export interface NextProject {
  readonly app: string | undefined
  readonly pages: string | undefined
}

/**
 * Finds the folders of each Next.js application among some files: beside its next.config, or in `src` beside it. Where there is
 * no next.config, beside the package.json that depends on Next.js.
 */
export function findNextProjects(files: ReadonlyMap<string, string>): NextProject[] {
  const paths = [...files.keys()]
  const configs = paths.filter(path => /(^|\/)next\.config\.[cm]?[jt]s$/.test(path))
  const roots =
    configs.length > 0
      ? configs
      : paths.filter(
          path =>
            posix.basename(path) === 'package.json' && /"next"\s*:\s*"/.test(files.get(path) ?? ''),
        )
  return roots.flatMap(file => {
    const root = posix.dirname(file)
    const folder = (name: string): string | undefined =>
      // Next.js looks into src only where there is none beside it.
      [posix.join(root, name), posix.join(root, 'src', name)].find(candidate =>
        paths.some(path => path.startsWith(`${candidate}/`)),
      )
    const project = { app: folder('app'), pages: folder('pages') }
    return project.app === undefined && project.pages === undefined ? [] : [project]
  })
}
