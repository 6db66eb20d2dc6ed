import type { Project } from '../../project/project.ts'
import type { Complaint } from '../check.ts'

/** PNP: packages that are in no node_modules. */
export function checkPlugAndPlay({ packageManager }: Project): readonly Complaint[] {
  if (packageManager.hasNodeModules) return []
  return [
    {
      code: 'PNP',
      level: 'warning',
      at: undefined,
      what: `${packageManager.name} installs without node_modules (Plug'n'Play)`,
      why: 'Throughline was not tested with it, a standalone build of Next.js carries no runtime, and the checks of what is installed see nothing',
      fix: 'write nodeLinker: node-modules into .yarnrc.yml, then run yarn install',
    },
  ]
}
