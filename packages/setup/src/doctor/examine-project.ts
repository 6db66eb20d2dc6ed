import type { Project } from '../project/project.ts'
import type { ExamineContext } from './check.ts'
import { checkCatalog } from './checks/catalog.ts'
import { checkEndpoints } from './checks/endpoint.ts'
import { checkNodeOptions } from './checks/node-options.ts'
import { checkRunningNode } from './checks/node-version.ts'
import { checkPlugAndPlay } from './checks/plug-n-play.ts'
import { checkSameNames } from './checks/service-name.ts'
import { checkSwitchedOff } from './checks/switched-off.ts'
import type { Finding } from './finding.ts'
import { settingsOf } from './settings.ts'

/**
 * What is wrong with what all applications of a repository share: this machine and its environment, then their names and the
 * catalog. Reads only.
 */
export function examineProject(project: Project, context: ExamineContext): Finding[] {
  const environment = settingsOf(context.env)
  return [
    ...checkRunningNode(project, context.nodeVersion),
    ...checkPlugAndPlay(project),
    ...checkSwitchedOff(environment),
    ...checkNodeOptions(environment),
    ...checkEndpoints(environment),
    ...checkSameNames(project),
    ...checkCatalog(project, context),
  ].map(complaint => ({ ...complaint, service: undefined }))
}
