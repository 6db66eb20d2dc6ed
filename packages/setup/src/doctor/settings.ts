import { join } from 'node:path'
import { readText } from '../plan/read-text.ts'
import type { App, Project } from '../project/project.ts'
import { readDockerfiles, variablesOf } from './dockerfile.ts'
import { placeInManifest, placeOf } from './places.ts'
import { startsOf } from './start-scripts.ts'

/** A variable that something sets, where it is set. */
export interface Setting {
  readonly name: string
  readonly value: string
  /** As findings show it; undefined for the environment of this process. */
  readonly at: string | undefined
}

/** Files that Next.js reads by itself, and that Node applications are commonly started with. */
const ENV_FILES = [
  '.env',
  '.env.local',
  '.env.development',
  '.env.development.local',
  '.env.production',
  '.env.production.local',
]

/** What the scripts that start an application, its `.env` files and its Dockerfiles set. */
export function readSettings(app: App, project: Project): readonly Setting[] {
  return [
    ...startsOf(app).flatMap(({ name, command }) =>
      assignmentsIn(command).map(setting => ({
        ...setting,
        at: placeInManifest(project, app, ['scripts', name]),
      })),
    ),
    ...ENV_FILES.map(name => join(app.folder, name)).flatMap(path =>
      linesOf(readText(path) ?? '').map(({ line, ...setting }) => ({
        ...setting,
        at: placeOf(project, path, line),
      })),
    ),
    ...readDockerfiles(app, project).flatMap(file =>
      variablesOf(file).map(({ line, ...setting }) => ({
        ...setting,
        at: placeOf(project, file.path, line),
      })),
    ),
  ]
}

/** What the environment of this process sets. */
export function settingsOf(env: Readonly<Record<string, string | undefined>>): readonly Setting[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value, at: undefined }],
  )
}

/** Whether a file sets it, as opposed to the environment of this process. */
export const isOfFile = ({ at }: Setting): boolean => at !== undefined

/** The value that wins for a name. */
export function valueOf(settings: readonly Setting[], name: string): string | undefined {
  return settings
    .find(setting => setting.name === name && setting.value.trim() !== '')
    ?.value.trim()
}

/** A setting as a person would write it, for messages. */
export const assignment = ({ name, value }: Setting): string => `${name}=${value}`

function assignmentsIn(command: string): { name: string; value: string }[] {
  return [...command.matchAll(/(?:^|\s)([A-Z][A-Z0-9_]*)=("[^"]*"|'[^']*'|\S*)/g)].map(
    ([, name = '', value = '']) => ({ name, value: unquote(value) }),
  )
}

function linesOf(text: string): { name: string; value: string; line: number }[] {
  return text.split('\n').flatMap((content, index) => {
    const [, name, value] =
      /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*("[^"]*"|'[^']*'|[^#\r]*)/.exec(content) ?? []
    return name === undefined || value === undefined
      ? []
      : [{ name, value: unquote(value.trim()), line: index + 1 }]
  })
}

const unquote = (value: string): string => value.replace(/^(["'])(.*)\1$/, '$2')
