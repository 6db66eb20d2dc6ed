import { join } from 'node:path'
import { lineAt } from '../../edits/source.ts'
import { readText } from '../../plan/read-text.ts'
import type { Project } from '../../project/project.ts'
import type { Check, Complaint } from '../check.ts'
import { type Instruction, readDockerfiles } from '../dockerfile.ts'
import { admitsOurNode, isBelow, OLDEST_NODE, parseRelease } from '../node-range.ts'
import { parseManifest } from '../parse-manifest.ts'
import { placeOf } from '../places.ts'

/** NODE_TOO_OLD: the Node that a folder, or an image of the application, asks for. */
export const checkNodeVersion: Check = ({ app, project }) => [
  ...checkFolder(app.folder, project),
  ...readDockerfiles(app, project).flatMap(file =>
    file.lastStage
      .filter(({ word }) => word === 'FROM')
      .flatMap(from => {
        const image = imageOf(wordsOf(from)[0] ?? '', file.instructions)
        const version = /(?:^|\/)node:(\d+(?:\.\d+)?)/.exec(image)?.[1]
        if (version === undefined || admitsOurNode(version)) return []
        return [complain(placeOf(project, file.path, from.line), `FROM ${image}`, 'use node:24')]
      }),
  ),
]

/** NODE_TOO_OLD: the Node that runs, and what the root asks for where it is no application. */
export function checkRunningNode(project: Project, nodeVersion: string): readonly Complaint[] {
  const running = parseRelease(nodeVersion)
  const isRootAnApp = project.apps.some(({ folder }) => folder === project.root)
  return [
    ...(running !== undefined && isBelow(running, OLDEST_NODE)
      ? [complain(undefined, `Node ${nodeVersion.replace(/^v/, '')} runs`, 'install Node 24')]
      : []),
    ...(isRootAnApp ? [] : checkFolder(project.root, project)),
  ]
}

function checkFolder(folder: string, project: Project): Complaint[] {
  const files = ['.nvmrc', '.node-version'].flatMap(name => {
    const path = join(folder, name)
    const version = readText(path)?.trim()
    return version === undefined || admitsOurNode(version)
      ? []
      : [complain(placeOf(project, path, 1), `${name} asks for Node ${version}`, 'write 24 there')]
  })
  const path = join(folder, 'package.json')
  const text = readText(path) ?? ''
  const range = parseManifest(text).engines?.node
  if (range === undefined || admitsOurNode(range)) return files
  const line = lineAt(text, text.indexOf('"node"', text.indexOf('"engines"')))
  const what = `engines.node is "${range}", which leaves out every Node from 22.15 on`
  return [...files, complain(placeOf(project, path, line), what, 'write ">=22.15" there')]
}

function complain(at: string | undefined, what: string, how: string): Complaint {
  return {
    code: 'NODE_TOO_OLD',
    level: 'error',
    at,
    what,
    why: 'Throughline and its OpenTelemetry need Node 22.15 or newer; an older one does not start them',
    fix: how,
  }
}

/** The image that a stage is made of; a stage that builds on another has that one's. */
function imageOf(name: string, instructions: readonly Instruction[]): string {
  const stages = instructions.filter(({ word }) => word === 'FROM').map(wordsOf)
  const [image] = stages.find(([, , alias]) => alias?.toLowerCase() === name.toLowerCase()) ?? []
  return image === undefined || image === name ? name : imageOf(image, instructions)
}

/** `image AS stage`, without options. */
const wordsOf = ({ rest }: Instruction): readonly string[] =>
  rest.split(/\s+/).filter(word => !word.startsWith('--'))
