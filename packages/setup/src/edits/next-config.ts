import type { CallExpression, Node, Statement } from 'oxc-parser'
import type { Edited, Removed } from './edited.ts'
import { confirmEdit } from './confirmed-edit.ts'
import { findExportedConfig } from './exported-config.ts'
import { insertImports, removeImports, requiredModule } from './import-line.ts'
import { leaveUnread, lineAt, readSource, type Source, walk } from './source.ts'
import { applySplices, cut, insertAt, type Splice } from './splice.ts'

const MODULE = '@throughline/next/config'
const WRAPPER = 'withThroughline'
/** What stands around a configuration that is a promise, since the wrapper takes an object or a function. */
const LATER = '() => '

/** A configuration of Next.js. */
export interface ConfigFile {
  readonly path: string
  /** How Node reads its folder's `.js` files. */
  readonly modules: 'esm' | 'cjs'
}

/** Wraps what a configuration exports, outermost; without a text gives a new configuration. One that is wrapped stays. */
export function wrapNextConfig(text: string | undefined, file: ConfigFile): Edited {
  if (text === undefined) return { ok: true, text: createConfig(file) }
  const read = readSource(text, file.path)
  if (!read.ok) return read
  const { source } = read
  if (findImport(source) !== undefined) return { ok: true, text }
  const found = findExportedConfig(source)
  if ('why' in found) return found
  const { start, end } = found
  const { quote } = source
  const isImporting = source.hasModuleSyntax
  const line = isImporting
    ? `import { ${WRAPPER} } from ${quote}${MODULE}${quote}`
    : `const { ${WRAPPER} } = require(${quote}${MODULE}${quote})`
  const wrap = [insertAt(start, `${WRAPPER}(${isPromise(found) ? LATER : ''}`), insertAt(end, ')')]
  const statement = insertImports(source, [line], isImporting ? undefined : start)
  const wrapped = applySplices(source.text, [statement, ...wrap])
  const undo = (added: string): Removed => unwrapNextConfig(added, file)
  if (!isCreated(wrapped)) return confirmEdit(source, wrapped, undo)
  // An empty configuration that was there is told from a new one by the blank line.
  const close = { ...statement, text: statement.text.slice(0, -source.eol.length) }
  return confirmEdit(source, applySplices(source.text, [close, ...wrap]), undo)
}

/** Takes the wrapper off what a configuration exports. */
export function unwrapNextConfig(text: string, { path }: ConfigFile): Removed {
  const read = readSource(text, path)
  if (!read.ok) return leaveUnread(text, read)
  const { source } = read
  const statement = findImport(source)
  if (statement === undefined) return { kind: 'untouched' }
  if (isCreated(source.text)) return { kind: 'empty' }
  const splices: Splice[] = [removeImports(source, [statement])]
  let others = 0
  walk(source.program, (node, ancestors) => {
    if (node.type === 'Identifier' && node.name === WRAPPER && !ancestors.includes(statement))
      others += 1
    if (!isWrap(node)) return
    const [argument] = node.arguments
    const { start } = unwrapLater(argument) ?? argument
    splices.push(cut(node.start, start), cut(argument.end, node.end))
    others -= 1
  })
  if (!isOurs(statement) || others > 0) {
    return {
      kind: 'left',
      why: `line ${lineAt(source.text, statement.start)}: ${WRAPPER} is used in more ways than around what is exported`,
      fix: `Take ${WRAPPER} out of ${path} by hand.`,
    }
  }
  return { kind: 'edited', text: source.bom + applySplices(source.text, splices) }
}

function createConfig({ path, modules }: ConfigFile): string {
  const isRequiring = path.endsWith('.cjs') || (path.endsWith('.js') && modules === 'cjs')
  return isRequiring
    ? `const { ${WRAPPER} } = require('${MODULE}')\n\nmodule.exports = ${WRAPPER}({})\n`
    : `import { ${WRAPPER} } from '${MODULE}'\n\nexport default ${WRAPPER}({})\n`
}

/** Whether a text is a new configuration, in any style. */
const isCreated = (text: string): boolean =>
  /^(import \{ withThroughline \} from (['"])@throughline\/next\/config\2;?\r?\n\r?\nexport default|const \{ withThroughline \} = require\((['"])@throughline\/next\/config\3\);?\r?\n\r?\nmodule\.exports =) withThroughline\(\{\}\);?\s*$/.test(
    text,
  )

const findImport = ({ program }: Source): Node | undefined =>
  program.body.find((node: Statement) => {
    if (node.type === 'ImportDeclaration') return node.source.value === MODULE
    const init = node.type === 'VariableDeclaration' ? node.declarations[0]?.init : undefined
    return init !== undefined && init !== null && requiredModule(init) === MODULE
  })

/** Whether a statement brings in the wrapper by its name, and nothing else. */
function isOurs(statement: Node): boolean {
  if (statement.type === 'ImportDeclaration') {
    const [specifier, ...others] = statement.specifiers
    return specifier?.local.name === WRAPPER && others.length === 0
  }
  const pattern = statement.type === 'VariableDeclaration' ? statement.declarations[0]?.id : null
  if (pattern?.type !== 'ObjectPattern') return false
  const [property, ...others] = pattern.properties
  const isWrapper =
    property?.type === 'Property' &&
    property.value.type === 'Identifier' &&
    property.value.name === WRAPPER
  return isWrapper && others.length === 0
}

type Wrap = CallExpression & { readonly arguments: readonly [Node] }

const isWrap = (node: Node): node is Wrap =>
  node.type === 'CallExpression' &&
  node.callee.type === 'Identifier' &&
  node.callee.name === WRAPPER &&
  node.arguments.length === 1

const unwrapLater = (node: Node): Node | undefined =>
  node.type === 'ArrowFunctionExpression' &&
  node.params.length === 0 &&
  !node.async &&
  isPromise(node.body)
    ? node.body
    : undefined

/** Whether an expression is the call of an async function where it is written. */
function isPromise(node: Node): boolean {
  if (node.type === 'ParenthesizedExpression') return isPromise(node.expression)
  if (node.type !== 'CallExpression') return false
  let { callee } = node as { callee: Node }
  while (callee.type === 'ParenthesizedExpression') callee = callee.expression
  return (
    (callee.type === 'ArrowFunctionExpression' || callee.type === 'FunctionExpression') &&
    callee.async
  )
}
