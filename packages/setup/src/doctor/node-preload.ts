import { join } from 'node:path'
import type { Node } from 'oxc-parser'
import { isImport, requiredModule } from '../edits/import-line.ts'
import { lineAt, readSource } from '../edits/source.ts'
import { readText } from '../plan/read-text.ts'
import type { NodeApp } from '../project/project.ts'
import type { Subject } from './check.ts'
import { resolveSource } from './imported-names.ts'
import { NODE_PRELOAD, preloadsIn } from './preload-options.ts'

const STARTER = /@throughline\/node\/register\b|\bstart\b[^;\n]*@throughline\/node['"]/

/** Whether a command, or a value of NODE_OPTIONS, has Node load ours first, by name or by a file of the application. */
export function preloadsUs(command: string, { folder }: NodeApp): boolean {
  return preloadsIn(command).some(
    ({ target }) =>
      target === NODE_PRELOAD ||
      (target.startsWith('.') && STARTER.test(readText(join(folder, target)) ?? '')),
  )
}

/** Whether every process of the application gets ours by its environment. */
export const isPreloadedByEnvironment = ({ app, settings }: Subject<NodeApp>): boolean =>
  settings.some(
    ({ name, value, at }) => name === 'NODE_OPTIONS' && at === undefined && preloadsUs(value, app),
  )

/** How the source that is started loads ours. */
export type EntryReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'first' }
  | { readonly kind: 'late'; readonly line: number; readonly after: readonly string[] }

/** What may come first: it loads nothing that is traced, and may set variables that we read. */
const HARMLESS = /^(node:.*|dotenv(\/.*)?|reflect-metadata|source-map-support(\/.*)?)$/

/** Reads whether the source that is started imports ours, and what it imports before that. */
export function readEntry({ entry, folder }: NodeApp): EntryReading {
  const read = entry === undefined ? undefined : readSource(readText(entry) ?? '', entry)
  if (entry === undefined || read?.ok !== true) return { kind: 'absent' }
  const { source } = read
  const before: string[] = []
  for (const node of source.program.body as readonly Node[]) {
    if (!isImport(node)) continue
    for (const module of modulesOf(node)) {
      const file = resolveSource(module, entry, folder)
      const isOurs =
        module === NODE_PRELOAD ||
        (module === '@throughline/node' && STARTER.test(source.text.slice(node.start, node.end))) ||
        (file !== undefined && STARTER.test(readText(file) ?? ''))
      if (isOurs && before.length === 0) return { kind: 'first' }
      if (isOurs) return { kind: 'late', line: lineAt(source.text, node.start), after: before }
      if (!HARMLESS.test(module)) before.push(module)
    }
  }
  return { kind: 'absent' }
}

function modulesOf(node: Node): readonly string[] {
  switch (node.type) {
    case 'ImportDeclaration':
      return node.importKind === 'type' ? [] : [node.source.value]
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ init }) => (init && requiredModule(init)) ?? [])
    case 'ExpressionStatement':
      return [requiredModule(node.expression) ?? []].flat()
    default:
      return []
  }
}
