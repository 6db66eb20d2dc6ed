import type { Node, Statement } from 'oxc-parser'
import { addHook, type Addition } from './added-hook.ts'
import { confirmEdit } from './confirmed-edit.ts'
import type { Edited, Removed } from './edited.ts'
import { insertImports, requiredModule } from './import-line.ts'
import { isCommonJs, nameOf } from './instrumentation-exports.ts'
import { type Hook, HOOKS, MODULE } from './instrumentation-names.ts'
import { removeHooks } from './instrumentation-removal.ts'
import { putBack, setAside } from './set-aside.ts'
import { leaveUnread, readSource, type Source } from './source.ts'
import { applySplices } from './splice.ts'
import { insertLast } from './tail-lines.ts'

export interface InstrumentationFile {
  readonly path: string
}

const NEW = `export { register, onRequestError } from '${MODULE}'\n`

/**
 * Puts `register` and `onRequestError` into an instrumentation file: ours run first, then those of the application, whose
 * results stay. What starts another tracer is set aside. A file that has ours stays as it is.
 */
export function addToInstrumentation(
  text: string | undefined,
  { path }: InstrumentationFile,
): Edited {
  if (text === undefined || text.trim() === '') return { ok: true, text: NEW }
  const read = readSource(text, path)
  if (!read.ok) return read
  const { source } = read
  if (hasOurs(source)) return { ok: true, text }
  const aside = setAside(source)
  if (!aside.ok) return aside
  const additions: Addition[] = []
  for (const hook of HOOKS) {
    const addition = addHook(source, hook)
    if ('why' in addition) return addition
    additions.push(addition)
  }
  const splices = [aside, ...additions].flatMap(each => each.splices)
  const called = HOOKS.filter((_, at) => additions[at]?.isCalled)
  const exported = HOOKS.filter((_, at) => additions[at]?.isExported)
  const imports = [...importOurs(source, called), ...additions.flatMap(each => each.imports ?? [])]
  const tail = [...additions.flatMap(each => each.tail ?? []), ...exportOurs(source, exported)]
  if (imports.length > 0) splices.unshift(insertImports(source, imports))
  if (tail.length > 0) splices.push(insertLast(source, tail))
  return confirmEdit(source, applySplices(source.text, splices), added =>
    removeFromInstrumentation(added, { path }),
  )
}

/** Takes ours out of an instrumentation file and puts back what was set aside. */
export function removeFromInstrumentation(text: string, { path }: InstrumentationFile): Removed {
  const back = putBack(text)
  const read = readSource(back, path)
  if (!read.ok) return leaveUnread(text, read)
  const { source } = read
  const removed = removeHooks(source, back !== text)
  if (removed.kind !== 'untouched' || !hasOurs(source)) return removed
  return {
    kind: 'left',
    why: `${path} has ${MODULE} in it in words of its own`,
    fix: `Take ${MODULE} out of ${path} by hand.`,
  }
}

/** Whether a file has a hook of ours, by whatever name. */
const hasOurs = ({ program }: Source): boolean =>
  (program.body as readonly Statement[]).some(node => {
    if (node.type === 'ImportDeclaration' && node.source.value === MODULE)
      return node.specifiers.some(each => each.type !== 'ImportSpecifier' || isHook(each.imported))
    if (node.type === 'ExportNamedDeclaration' && node.source?.value === MODULE)
      return node.specifiers.some(({ local }) => isHook(local))
    if (node.type === 'ExportAllDeclaration') return node.source.value === MODULE
    if (node.type === 'VariableDeclaration')
      return node.declarations.some(
        ({ id, init }) =>
          init !== null &&
          requiredModule(init) === MODULE &&
          (id.type !== 'ObjectPattern' ||
            id.properties.some(each => each.type !== 'Property' || isHook(each.key))),
      )
    return (
      node.type === 'ExpressionStatement' &&
      node.expression.type === 'AssignmentExpression' &&
      requiredModule(node.expression.right) === MODULE
    )
  })

const isHook = (node: Node): boolean => HOOKS.some(({ name }) => name === nameOf(node))

function importOurs(source: Source, hooks: readonly Hook[]): string[] {
  if (hooks.length === 0) return []
  const { quote } = source
  const isRequiring = isCommonJs(source)
  const names = hooks.map(({ name, alias }) => `${name}${isRequiring ? ':' : ' as'} ${alias}`)
  return isRequiring
    ? [`const { ${names.join(', ')} } = require(${quote}${MODULE}${quote})`]
    : [`import { ${names.join(', ')} } from ${quote}${MODULE}${quote}`]
}

function exportOurs(source: Source, hooks: readonly Hook[]): string[] {
  const { quote } = source
  const from = `${quote}${MODULE}${quote}`
  if (hooks.length === 0) return []
  const names = hooks.map(({ name }) => name)
  if (!isCommonJs(source)) return [`export { ${names.toReversed().join(', ')} } from ${from}`]
  return names.map(name => `module.exports.${name} = require(${from}).${name}`)
}
