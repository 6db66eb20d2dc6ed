import type { SyntaxNode } from '@lezer/common'
import type { Promql } from './promql.ts'

const COMPARISONS = ['Eql', 'Neq', 'Gtr', 'Gte', 'Lss', 'Lte']

/**
 * Whether a query gives nothing while all is well: it compares, or asks for what is absent.
 *
 * `ALERTS` counts as well, since it is only there while an alert is.
 */
export function isConditional({ root, text }: Promql): boolean {
  return root !== undefined && holds(root, text)
}

function holds(node: SyntaxNode, text: string): boolean {
  switch (node.name) {
    case 'BinaryExpr':
      return holdsBinary(node, text)
    case 'FunctionCall':
      return holdsCall(node, text)
    case 'AggregateExpr':
      return argumentsOf(node).some(argument => holds(argument, text))
    case 'VectorSelector':
      return /^ALERTS\b/.test(text.slice(node.from, node.to))
    default:
      return node.getChildren('Expr').some(inner => holds(inner, text))
  }
}

function holdsBinary(node: SyntaxNode, text: string): boolean {
  const { firstChild: left, lastChild: right } = node
  if (left === null || right === null) return false
  if (COMPARISONS.some(name => node.getChild(name) !== null)) {
    return node.getChild('BoolModifier') === null
  }
  if (node.getChild('Unless') !== null) return true
  if (node.getChild('Or') !== null) return holds(left, text) && holds(right, text)
  return holds(left, text) || holds(right, text)
}

function holdsCall(node: SyntaxNode, text: string): boolean {
  const name = node.getChild('FunctionIdentifier')
  const called = name === null ? '' : text.slice(name.from, name.to)
  if (called === 'absent' || called === 'absent_over_time') return true
  if (called === 'vector' || called === 'scalar') return false
  return argumentsOf(node).some(argument => holds(argument, text))
}

const argumentsOf = (call: SyntaxNode): SyntaxNode[] =>
  call.getChild('FunctionCallBody')?.getChildren('Expr') ?? []
