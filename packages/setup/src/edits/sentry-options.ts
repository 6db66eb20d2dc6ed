import type { CallExpression, Comment, Node, ObjectExpression, ObjectProperty } from 'oxc-parser'
import { confirmEdit } from './confirmed-edit.ts'
import type { Edited, Removed } from './edited.ts'
import { insertInside, removeInside } from './first-inside.ts'
import { requiredModule } from './import-line.ts'
import { leaveUnread, lineAt, readSource, type Refusal, type Source, walk } from './source.ts'
import { applySplices, type Splice } from './splice.ts'

const OPTION = 'enableOpenTelemetrySetup'
/** Stands before the option where we put it, so that one of the application's own is never taken out. */
const MARK = ' throughline '

export interface SentryFile {
  readonly path: string
}

/** Keeps Sentry from registering a tracer of its own, in each call of its `init`; a file without one stays as it is. */
export function shareWithSentry(text: string, { path }: SentryFile): Edited {
  const read = readSource(text, path)
  if (!read.ok) return read
  const { source } = read
  const splices: Splice[] = []
  for (const call of findCalls(source)) {
    const [options] = call.arguments
    if (options?.type !== 'ObjectExpression') return refuse(source, call)
    const there = findOption(options)
    if (there === undefined) {
      const [first] = options.properties
      const braces = { start: options.start + 1, first, separator: ',' } as const
      splices.push(insertInside(source, braces, `/*${MARK}*/ ${OPTION}: false`))
    } else if (there.value.type !== 'Literal' || there.value.value !== false) {
      return {
        ok: false,
        why: `line ${lineAt(source.text, there.start)}: ${OPTION} is not false, so that Sentry registers a tracer of its own`,
        fix: `Set ${OPTION} to false in ${path}, and try again.`,
      }
    }
  }
  if (splices.length === 0) return { ok: true, text }
  return confirmEdit(source, applySplices(source.text, splices), added =>
    unshareWithSentry(added, { path }),
  )
}

/** Takes the option out again where {@link shareWithSentry} put it. */
export function unshareWithSentry(text: string, { path }: SentryFile): Removed {
  const read = readSource(text, path)
  if (!read.ok) return leaveUnread(text, read)
  const { source } = read
  const splices = findCalls(source).flatMap(({ arguments: [options] }) => {
    const there = options?.type === 'ObjectExpression' ? findOption(options) : undefined
    const mark = there === undefined ? undefined : findMark(source, there)
    return there === undefined || mark === undefined
      ? []
      : [removeInside(source, mark.start, there)]
  })
  if (splices.length === 0) return { kind: 'untouched' }
  return { kind: 'edited', text: source.bom + applySplices(source.text, splices) }
}

function refuse({ text, path }: Source, { start, arguments: [given] }: CallExpression): Refusal {
  const what = given === undefined ? 'no options' : `"${text.slice(given.start, given.end)}"`
  return {
    ok: false,
    why: `line ${lineAt(text, start)}: init of Sentry is called with ${what}, not with an object that is written there`,
    fix: `Set ${OPTION} to false in the options of Sentry that ${path} gives.`,
  }
}

const findOption = ({ properties }: ObjectExpression): ObjectProperty | undefined =>
  properties.find(
    (property): property is ObjectProperty =>
      property.type === 'Property' &&
      (property.key.type === 'Identifier'
        ? property.key.name === OPTION
        : property.key.type === 'Literal' && property.key.value === OPTION),
  )

const findMark = ({ text, comments }: Source, option: Node): Comment | undefined =>
  comments.findLast(
    ({ value, end }) =>
      value === MARK && end <= option.start && text.slice(end, option.start).trim() === '',
  )

/** Calls of Sentry's `init`, by the names under which it is brought in. */
function findCalls({ program }: Source): CallExpression[] {
  const namespaces = new Set<string>()
  const inits = new Set<string>()
  walk(program, node => {
    if (node.type === 'ImportDeclaration' && isSentry(node.source.value)) {
      for (const specifier of node.specifiers) {
        if (specifier.type !== 'ImportSpecifier') namespaces.add(specifier.local.name)
        else if (nameOf(specifier.imported) === 'init') inits.add(specifier.local.name)
      }
    }
    if (node.type !== 'VariableDeclarator' || node.init === null) return
    const init = node.init.type === 'AwaitExpression' ? node.init.argument : node.init
    const module =
      init.type === 'ImportExpression' && init.source.type === 'Literal'
        ? init.source.value
        : requiredModule(init)
    if (!isSentry(module)) return
    if (node.id.type === 'Identifier') namespaces.add(node.id.name)
    if (node.id.type !== 'ObjectPattern') return
    for (const property of node.id.properties) {
      if (property.type !== 'Property' || property.value.type !== 'Identifier') continue
      if (nameOf(property.key) === 'init') inits.add(property.value.name)
    }
  })
  const calls: CallExpression[] = []
  walk(program, node => {
    if (node.type !== 'CallExpression') return
    const { callee } = node
    const isInit =
      callee.type === 'Identifier'
        ? inits.has(callee.name)
        : callee.type === 'MemberExpression' &&
          callee.object.type === 'Identifier' &&
          namespaces.has(callee.object.name) &&
          nameOf(callee.property) === 'init'
    if (isInit) calls.push(node)
  })
  return calls
}

const isSentry = (module: unknown): boolean =>
  typeof module === 'string' && module.startsWith('@sentry/')

const nameOf = (node: Node): string | undefined =>
  node.type === 'Identifier' ? node.name : undefined
