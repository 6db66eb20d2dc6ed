import type { App, Project } from '../../project/project.ts'
import type { Check } from '../check.ts'
import {
  type Dockerfile,
  type Instruction,
  readDockerfiles,
  startOf,
  variablesOf,
} from '../dockerfile.ts'
import { exportsRegister, isPreloaded } from '../preloaded.ts'
import { type Mend, mendFile } from '../mend-file.ts'
import { readEntry } from '../node-preload.ts'
import { placeOf } from '../places.ts'
import { NEXT_PRELOAD, NODE_PRELOAD } from '../preload-options.ts'
import { startsOf } from '../start-scripts.ts'

/** DOCKERFILE_STARTS_NODE: an image that starts the application past the scripts which have the preload. */
export const checkDockerStart: Check = ({ app, project }) => {
  // Where no script has it either, that is another finding.
  const isInScripts = startsOf(app).some(({ command }) => isPreloaded(command, app))
  if (!isInScripts || startsByItself(app)) return []
  const preload = app.kind === 'next' ? NEXT_PRELOAD : NODE_PRELOAD
  return readDockerfiles(app, project).flatMap(file => {
    const start = startOf(file)
    const options = variablesOf(file).find(({ name }) => name === 'NODE_OPTIONS')?.value ?? ''
    if (start === undefined || !/(^|[["'\s/])(node|tsx)["'\s,]/.test(start.rest)) return []
    if ([commandOf(start), options].some(text => isPreloaded(text, app))) return []
    return [
      {
        code: 'DOCKERFILE_STARTS_NODE',
        level: 'error' as const,
        at: placeOf(project, file.path, start.line),
        what: `${start.word} ${start.rest} starts it without Throughline`,
        why: 'the preload is in the scripts of package.json, which the image does not use, so nothing is traced there',
        fix: `write --import ${preload} after node`,
        ...mendStart(project, file, start, preload),
      },
    ]
  })
}

/** Whether the application starts us whoever starts it. */
const startsByItself = (app: App): boolean =>
  app.kind === 'next' ? exportsRegister(app) : readEntry(app).kind !== 'absent'

/** The words of an instruction, of either form. */
const commandOf = ({ rest }: Instruction): string =>
  rest.startsWith('[') ? rest.replaceAll(/[[\],"]+/g, ' ') : rest

/** Puts the preload into `["node", …]` where that is on one line. */
const mendStart = (
  project: Project,
  { path }: Dockerfile,
  { line }: Instruction,
  preload: string,
): Mend =>
  mendFile(project, path, (text = '') => {
    const lines = text.split('\n')
    const start = lines[line - 1] ?? ''
    const added = start.includes(preload)
      ? start
      : start.replace(/(\[\s*"(?:[^\s"]*\/)?node",)/, `$1 "--import", "${preload}",`)
    return { ok: true, text: lines.with(line - 1, added).join('\n') }
  })
