import type { Node, Statement } from 'oxc-parser'
import type { Removed } from './edited.ts'
import { removeInside } from './first-inside.ts'
import { isImport, removeImports, requiredModule } from './import-line.ts'
import { bare, nameOf } from './instrumentation-exports.ts'
import { HOOKS, MODULE } from './instrumentation-names.ts'
import { lineAt, readSource, type Source, walk } from './source.ts'
import { applySplices, cut, type Splice } from './splice.ts'
import { removeLast } from './tail-lines.ts'

const ALIASES = HOOKS.map(({ alias }) => alias)
const NAMES: readonly string[] = HOOKS.map(({ name }) => name)
const BOTH = HOOKS.map(({ both }) => both)
const OWN = HOOKS.map(({ own }) => own)

/** Takes out of a source what was added for the hooks; `isPutBack` says that something of it was put back already. */
export function removeHooks(source: Source, isPutBack: boolean): Removed {
  const { text, bom } = source
  const splices = [...removeStatements(source), ...removeCalls(source), ...restoreExports(source)]
  if (splices.length === 0)
    return isPutBack ? { kind: 'edited', text: bom + text } : { kind: 'untouched' }
  const left = applySplices(text, splices)
  if (left.trim() === '') return { kind: 'empty' }
  const use = findUse(left, source.path)
  if (use !== undefined) {
    return {
      kind: 'left',
      why: `line ${lineAt(left, use.start)} of what is left: "${use.name}" is used in a way that cannot be taken out`,
      fix: `Take what uses ${MODULE} out of ${source.path} by hand.`,
    }
  }
  return { kind: 'edited', text: bom + left }
}

/** Our imports and exports. */
function removeStatements(source: Source): Splice[] {
  const runs: Node[][] = []
  let previous: Node | undefined
  for (const node of source.program.body as readonly Statement[]) {
    if (!isOurs(source, node)) continue
    const gap = previous === undefined ? '' : source.text.slice(previous.end, node.start)
    const isNext =
      previous !== undefined && isImport(previous) === isImport(node) && /^\s*$/.test(gap)
    if (isNext) runs.at(-1)?.push(node)
    else runs.push([node])
    previous = node
  }
  return runs.map(run => (isImport(run[0]) ? removeImports(source, run) : removeLast(source, run)))
}

function isOurs(source: Source, node: Statement): boolean {
  switch (node.type) {
    case 'ImportDeclaration':
      return (
        node.specifiers.length > 0 &&
        node.specifiers.every(({ local }) =>
          (node.source.value === MODULE ? ALIASES : OWN).includes(local.name),
        )
      )
    case 'ExportNamedDeclaration':
      return (
        node.specifiers.length > 0 &&
        (node.source?.value === MODULE
          ? node.specifiers.every(
              ({ local, exported }) =>
                nameOf(local) === nameOf(exported) && NAMES.includes(nameOf(local)),
            )
          : node.specifiers.every(({ local }) => BOTH.includes(nameOf(local))))
      )
    case 'VariableDeclaration': {
      const [declarator] = node.declarations
      const init = declarator?.init
      if (declarator === undefined || init === undefined || init === null) return false
      if (declarator.id.type === 'Identifier') return [...BOTH, ...OWN].includes(declarator.id.name)
      return (
        declarator.id.type === 'ObjectPattern' &&
        requiredModule(init) === MODULE &&
        declarator.id.properties.every(
          property => property.type === 'Property' && ALIASES.includes(nameOf(property.value)),
        )
      )
    }
    case 'ExpressionStatement': {
      const { expression } = node
      if (expression.type !== 'AssignmentExpression') return false
      const value = expression.right
      return value.type === 'ArrowFunctionExpression'
        ? isBoth(value.body)
        : value.type === 'MemberExpression' && requiredModule(value) === MODULE
    }
    default:
      return false
  }
}

/** Whether an expression calls ours, then theirs as we name it. */
function isBoth(body: Node): boolean {
  const sequence = bare(body)
  if (sequence.type !== 'SequenceExpression') return false
  const [, theirs] = sequence.expressions
  const call = theirs?.type === 'ChainExpression' ? theirs.expression : theirs
  return call?.type === 'CallExpression' && OWN.includes(nameOf(call.callee))
}

/** Our calls in the functions of the application. */
function removeCalls(source: Source): Splice[] {
  const splices: Splice[] = []
  walk(source.program, (node, ancestors) => {
    if (node.type !== 'CallExpression' || !ALIASES.includes(nameOf(node.callee))) return
    const [parent, above, further] = ancestors
    if (parent?.type === 'ExpressionStatement')
      splices.push(removeInside(source, parent.start, parent))
    if (parent?.type !== 'SequenceExpression' || above?.type !== 'ParenthesizedExpression') return
    if (further?.type !== 'ArrowFunctionExpression' || parent.expressions[0] !== node) return
    if (ancestors.some(holder => isOurs(source, holder as Statement))) return
    const [, theirs, ...more] = parent.expressions
    if (theirs === undefined) return
    // A formatter takes the brackets off that an object and a sequence have to have.
    const isBracketed = theirs.type === 'ObjectExpression' || more.length > 0
    if (isBracketed) splices.push(cut(node.start, theirs.start))
    else splices.push(cut(above.start, theirs.start), cut(theirs.end, above.end))
  })
  return splices
}

/** `export` and names in lists of exports, which were put into comments. */
function restoreExports({ comments, program, text }: Source): Splice[] {
  const isComposed = program.body.some(
    node =>
      node.type === 'ExportNamedDeclaration' &&
      node.specifiers.some(({ local }) => BOTH.includes(nameOf(local))),
  )
  if (!isComposed) return []
  return comments.flatMap(({ type, value, start, end }) => {
    const isExport =
      value === ' export ' &&
      (program.body as readonly Node[]).some(
        node => node.start >= end && text.slice(end, node.start).trim() === '',
      )
    const isName =
      /^ (\w+\s+as\s+)?(register|onRequestError)\s*,? $/.test(value) &&
      program.body.some(
        node => node.type === 'ExportNamedDeclaration' && node.start < start && end < node.end,
      )
    return type === 'Block' && (isExport || isName)
      ? [{ start, end, text: value.slice(1, -1) }]
      : []
  })
}

function findUse(text: string, path: string): { name: string; start: number } | undefined {
  const read = readSource(text, path)
  if (!read.ok) return { name: MODULE, start: 0 }
  let use: { name: string; start: number } | undefined
  walk(read.source.program, node => {
    if (node.type === 'Identifier' && [...ALIASES, ...BOTH].includes(node.name))
      use ??= { name: node.name, start: node.start }
  })
  return use
}
