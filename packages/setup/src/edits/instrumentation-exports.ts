import type { Expression, ExportSpecifier, Node, Statement } from 'oxc-parser'
import { type Source, textOf, walk } from './source.ts'

/** How an instrumentation file exports a name. */
export type Exported =
  /** In a statement of its own: `export function register`, `export const register = …`. */
  | {
      readonly form: 'declared'
      readonly statement: Node
      readonly value: Node
      readonly isAlone: boolean
    }
  /** In a list: `export { x as register }`, with or without a module that it is taken from. */
  | {
      readonly form: 'listed'
      readonly statement: Node
      readonly specifier: ExportSpecifier
      readonly local: string
      readonly module: string | undefined
      /** What the file itself declares under the local name. */
      readonly value: Node | undefined
    }
  /** `module.exports = { register }`, `exports.register = …`. */
  | { readonly form: 'commonjs'; readonly value: Node }

/** How `name` is exported; undefined where it is not. */
export function findExported(source: Source, name: string): Exported | undefined {
  for (const node of source.program.body as readonly Statement[]) {
    if (node.type === 'ExpressionStatement') {
      const value = assignedTo(source, node.expression, name)
      if (value !== undefined) return { form: 'commonjs', value: resolve(source, value) }
    }
    if (node.type !== 'ExportNamedDeclaration') continue
    const { declaration } = node
    if (declaration !== null) {
      const found = declared(declaration, name)
      const isAlone =
        declaration.type !== 'VariableDeclaration' ||
        (declaration.declarations.length === 1 &&
          declaration.declarations[0]?.id.type === 'Identifier')
      if (found !== undefined) return { form: 'declared', statement: node, value: found, isAlone }
    }
    const specifier = node.specifiers.find(({ exported }) => nameOf(exported) === name)
    if (specifier === undefined) continue
    const local = nameOf(specifier.local)
    const module = node.source?.value
    const value = module === undefined ? findDeclared(source, local) : undefined
    return { form: 'listed', statement: node, specifier, local, module, value }
  }
  return undefined
}

/** Whether a file exports by `module.exports` or `exports`. */
export const isCommonJs = (source: Source): boolean =>
  !source.hasModuleSyntax && /\bexports\b/.test(source.text)

/** The value without what TypeScript and brackets put around it. */
export function bare(node: Node): Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return bare(node.expression)
    default:
      return node
  }
}

const resolve = (source: Source, value: Node): Node =>
  value.type === 'Identifier' ? (findDeclared(source, value.name) ?? value) : value

function findDeclared({ program }: Source, name: string): Node | undefined {
  for (const node of program.body as readonly Node[]) {
    const found = declared(node, name)
    if (found !== undefined) return found
  }
  return undefined
}

function declared(node: Node, name: string): Node | undefined {
  if (node.type === 'FunctionDeclaration') return node.id?.name === name ? node : undefined
  if (node.type !== 'VariableDeclaration') return undefined
  for (const { id, init } of node.declarations) {
    if (id.type === 'Identifier' ? id.name === name : mentions(id, name))
      return id.type === 'Identifier' && init !== null ? bare(init) : id
  }
  return undefined
}

/** Whether a name is taken out of a value by a pattern. */
function mentions(pattern: Node, name: string): boolean {
  let found = false
  walk(pattern, node => {
    found ||= node.type === 'Identifier' && node.name === name
  })
  return found
}

/** What an expression exports under a name. */
function assignedTo(source: Source, expression: Expression, name: string): Node | undefined {
  if (expression.type !== 'AssignmentExpression') return undefined
  const left = textOf(source, expression.left)
  if (left === `module.exports.${name}` || left === `exports.${name}`) return expression.right
  if (left !== 'module.exports') return undefined
  // What cannot be read may have the name: it is then known by where it stands only.
  if (expression.right.type !== 'ObjectExpression') return expression.left
  const { properties } = expression.right
  for (const property of properties) {
    if (property.type === 'Property' && nameOf(property.key) === name) return property.value
  }
  return properties.some(({ type }) => type === 'SpreadElement') ? expression.left : undefined
}

export const nameOf = (node: Node): string =>
  node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : ''
