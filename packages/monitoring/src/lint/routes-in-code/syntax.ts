import {
  type Expression,
  type Function,
  type ArrowFunctionExpression,
  type Node,
  visitorKeys,
} from 'oxc-parser'

/** A function of any form. */
export type FunctionNode = Function | ArrowFunctionExpression

export const isFunction = (node: Node): node is FunctionNode =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'ArrowFunctionExpression'

/** The nodes directly below a node, in the order they are written. */
function childrenOf(node: Node): Node[] {
  const fields = node as unknown as Readonly<Record<string, unknown>>
  const children: Node[] = []
  for (const key of visitorKeys[node.type] ?? []) {
    const value = fields[key]
    if (!Array.isArray(value)) {
      if (isNode(value)) children.push(value)
    } else for (const item of value) if (isNode(item)) children.push(item)
  }
  return children
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value

/**
 * Visits a node and all below it; `ancestors` begins with the nearest. Nothing is visited below a node for which `visit`
 * gives false.
 */
export function walk(
  node: Node,
  visit: (node: Node, ancestors: readonly Node[]) => boolean | void,
  ancestors: readonly Node[] = [],
): void {
  if (visit(node, ancestors) === false) return
  const below = [node, ...ancestors]
  for (const child of childrenOf(node)) walk(child, visit, below)
}

/** An expression without what TypeScript and `await` put around it. */
export function unwrap(node: Expression): Expression {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return unwrap(node.expression)
    case 'ChainExpression':
      return unwrap(node.expression)
    case 'AwaitExpression':
      return unwrap(node.argument)
    case 'UnaryExpression':
      return node.operator === 'void' ? unwrap(node.argument) : node
    default:
      return node
  }
}

/** The expressions that a function gives back. */
export function returnsOf(fn: FunctionNode): Expression[] {
  const { body } = fn
  if (body === null) return []
  if (body.type !== 'BlockStatement') return [unwrap(body)]
  const returned: Expression[] = []
  walk(body, node => {
    if (isFunction(node)) return false
    if (node.type === 'ReturnStatement' && node.argument !== null)
      returned.push(unwrap(node.argument))
    return true
  })
  return returned
}

/** The name of a property that is not computed, or a text. */
export function keyOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}

/** The name of what `object.name` reads. */
export function memberName(node: Expression): string | undefined {
  return node.type === 'MemberExpression' && (!node.computed || node.property.type === 'Literal')
    ? keyOf(node.property)
    : undefined
}

/** The names that a parameter or a declaration binds. */
export function boundNames(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'AssignmentPattern':
      return boundNames(pattern.left)
    case 'RestElement':
      return boundNames(pattern.argument)
    case 'TSParameterProperty':
      return boundNames(pattern.parameter)
    case 'ObjectPattern':
      return pattern.properties.flatMap(property =>
        boundNames(property.type === 'Property' ? property.value : property),
      )
    case 'ArrayPattern':
      return pattern.elements.flatMap(element => (element === null ? [] : boundNames(element)))
    default:
      return []
  }
}

/** The name that a function gives to an argument, or to what an argument has under a key. */
export function parameterName(
  { params }: FunctionNode,
  index: number,
  key: string | undefined,
): string | undefined {
  const parameter = params[index]
  const pattern = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter
  if (key === undefined) return pattern?.type === 'Identifier' ? pattern.name : undefined
  if (pattern?.type !== 'ObjectPattern') return undefined
  for (const property of pattern.properties) {
    if (property.type === 'Property' && keyOf(property.key) === key) {
      return boundNames(property.value)[0]
    }
  }
  return undefined
}
