import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readText } from '../plan/read-text.ts'
import type { App, Project } from '../project/project.ts'

/** An instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals. */
  readonly word: string
  /** What follows it, lines that go on put together. */
  readonly rest: string
  readonly line: number
}

export interface Dockerfile {
  /** Absolute. */
  readonly path: string
  readonly text: string
  readonly instructions: readonly Instruction[]
  /** Those of the stage that becomes the image, its `FROM` first. */
  readonly lastStage: readonly Instruction[]
}

const NAME = /^(Dockerfile(\..+)?|.+\.Dockerfile)$/

/** The Dockerfiles of an application: in its folder, and those in the root that name its folder. */
export function readDockerfiles(app: App, project: Project): readonly Dockerfile[] {
  const own = filesIn(app.folder)
  if (app.folder === project.root) return own
  const folder = new RegExp(`(^|[^\\w-])${app.path.replaceAll('.', '\\.')}([^\\w-]|$)`, 'm')
  return [...own, ...filesIn(project.root).filter(({ text }) => folder.test(text))]
}

function filesIn(folder: string): Dockerfile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile() && NAME.test(entry.name))
    .map(({ name }) => parseDockerfile(join(folder, name), readText(join(folder, name)) ?? ''))
}

function parseDockerfile(path: string, text: string): Dockerfile {
  const instructions: Instruction[] = []
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1
    let whole = lines[index] ?? ''
    while (/\\\s*$/.test(whole) && index + 1 < lines.length) {
      index += 1
      whole = `${whole.replace(/\\\s*$/, '')} ${lines[index]?.trim()}`
    }
    const [, word, rest] = /^\s*([a-z]+)\s+(.*)$/i.exec(whole) ?? []
    if (word !== undefined && rest !== undefined)
      instructions.push({ word: word.toUpperCase(), rest: rest.trim(), line })
  }
  const begin = instructions.findLastIndex(({ word }) => word === 'FROM')
  return { path, text, instructions, lastStage: instructions.slice(Math.max(begin, 0)) }
}

/** What a container is started with: the last `CMD`, else the last `ENTRYPOINT`. */
export function startOf({ lastStage }: Dockerfile): Instruction | undefined {
  return (
    lastStage.findLast(({ word, rest }) => word === 'ENTRYPOINT' && /\bnode\b/.test(rest)) ??
    lastStage.findLast(({ word }) => word === 'CMD')
  )
}

/** The variables that an image sets, each with its line. */
export function variablesOf({ lastStage }: Dockerfile): readonly {
  readonly name: string
  readonly value: string
  readonly line: number
}[] {
  return lastStage
    .filter(({ word }) => word === 'ENV')
    .flatMap(({ rest, line }) => {
      const pairs = [...rest.matchAll(/([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S*)/g)]
      const [, name = '', value = ''] = /^(\w+)\s+(.*)$/.exec(rest) ?? []
      return (
        pairs.length > 0 ? pairs.map(([, key = '', text = '']) => [key, text]) : [[name, value]]
      ).map(([key = '', text = '']) => ({
        name: key,
        value: text.replace(/^(["'])(.*)\1$/, '$2'),
        line,
      }))
    })
}
