import type { SyntaxNode } from '@lezer/common'
import { metricLabels } from './metric-labels.ts'
import { labelsAmong, type LabelSet, NO_LABELS } from './label-set.ts'
import type { Promql } from './promql.ts'
import { readMatchers, unquote } from './promql-selectors.ts'

/** Labels of the series that a recording rule writes; nothing for a metric that none writes. */
export type RecordedLabels = (metric: string) => LabelSet | undefined

/** The labels that the series a query gives may have. */
export function labelsOfResult({ root, text }: Promql, recorded: RecordedLabels): LabelSet {
  return root === undefined ? NO_LABELS : labelsOf(root, { text, recorded })
}

interface Scope {
  readonly text: string
  readonly recorded: RecordedLabels
}

function labelsOf(node: SyntaxNode, scope: Scope): LabelSet {
  switch (node.name) {
    case 'VectorSelector':
      return labelsOfSelector(node, scope)
    case 'AggregateExpr':
      return labelsOfAggregation(node, scope)
    case 'BinaryExpr':
      return labelsOfBinary(node, scope)
    case 'FunctionCall':
      return labelsOfCall(node, scope)
    default: {
      const inner = node.getChild('Expr')
      return inner === null ? NO_LABELS : labelsOf(inner, scope)
    }
  }
}

function labelsOfSelector(node: SyntaxNode, { text, recorded }: Scope): LabelSet {
  const name = node.getChild('Identifier')
  const matchers = readMatchers(node, text)
  const metric =
    name === null
      ? matchers.find(({ label }) => label === '__name__')?.value
      : text.slice(name.from, name.to)
  if (metric === undefined) return labelsAmong('all')
  const known = recorded(metric) ?? metricLabels(metric)
  return matchers.reduce((set, { label }) => set.with(label), known)
}

function labelsOfAggregation(node: SyntaxNode, scope: Scope): LabelSet {
  const operator = textOf(node.getChild('AggregateOp'), scope)
  const [first, ...others] = argumentsOf(node)
  const input = labelsOf(others.at(-1) ?? first ?? node, scope)
  if (/^(topk|bottomk|limitk|limit_ratio)$/.test(operator)) return input
  const modifier = node.getChild('AggregateModifier')
  const named = groupingOf(modifier, scope)
  const grouped = modifier?.getChild('Without') != null ? input.without(named) : input.only(named)
  const counted = first?.name === 'StringLiteral' ? unquote(textOf(first, scope)) : undefined
  return counted === undefined ? grouped : grouped.with(counted)
}

function labelsOfCall(node: SyntaxNode, scope: Scope): LabelSet {
  const name = textOf(node.getChild('FunctionIdentifier'), scope)
  const given = argumentsOf(node)
  const series = given.find(argument => !isScalar(argument, scope))
  switch (name) {
    case 'absent':
    case 'absent_over_time':
      return labelsOfAbsent(series, scope)
    case 'vector':
      return NO_LABELS
    case 'info':
      return labelsAmong('all')
    case 'label_replace':
    case 'label_join': {
      const target = given[1] === undefined ? '' : unquote(textOf(given[1], scope))
      return series === undefined ? NO_LABELS : labelsOf(series, scope).with(target)
    }
    case 'histogram_quantile':
      return series === undefined ? NO_LABELS : labelsOf(series, scope).without(['le'])
    default:
      return series === undefined ? NO_LABELS : labelsOf(series, scope)
  }
}

/** What is absent has the labels that its selector asks for by `=`, and no others. */
function labelsOfAbsent(node: SyntaxNode | undefined, { text }: Scope): LabelSet {
  const selector = node?.name === 'MatrixSelector' ? node.getChild('Expr') : node
  if (selector?.name !== 'VectorSelector') return NO_LABELS
  const equal = readMatchers(selector, text).filter(({ operator }) => operator === '=')
  return labelsAmong(equal.map(({ label }) => label))
}

function labelsOfBinary(node: SyntaxNode, scope: Scope): LabelSet {
  const { firstChild: left, lastChild: right } = node
  if (left === null || right === null) return NO_LABELS
  if (isScalar(left, scope)) return labelsOf(right, scope)
  if (isScalar(right, scope)) return labelsOf(left, scope)
  if (node.getChild('And') !== null || node.getChild('Unless') !== null) {
    return labelsOf(left, scope)
  }
  const both = labelsOf(left, scope).and(labelsOf(right, scope))
  const matching = node.getChild('MatchingModifierClause')
  if (node.getChild('Or') !== null || matching === null) return both
  const [named = null, included = null] = matching.getChildren('GroupingLabels')
  const kept = matching.getChild('GroupRight') === null ? left : right
  const isMany = matching.getChild('GroupLeft') !== null || kept === right
  if (isMany) {
    return groupingOf(included, scope).reduce(
      (set, label) => set.with(label),
      labelsOf(kept, scope),
    )
  }
  const labels = groupingOf(named, scope)
  return matching.getChild('On') === null
    ? labelsOf(left, scope).without(labels)
    : labelsOf(left, scope).only(labels)
}

/** Names within the parentheses of `by (…)`, of a node that is or holds them. */
function groupingOf(node: SyntaxNode | null, scope: Scope): string[] {
  const list = node?.name === 'GroupingLabels' ? node : node?.getChild('GroupingLabels')
  const names: string[] = []
  for (let child = list?.firstChild ?? null; child !== null; child = child.nextSibling) {
    if (child.name.endsWith('LabelName')) names.push(unquote(textOf(child, scope)))
  }
  return names
}

const argumentsOf = (call: SyntaxNode): SyntaxNode[] =>
  call.getChild('FunctionCallBody')?.getChildren('Expr') ?? []

/** Whether a node is a number or a text, or computed from such alone. */
function isScalar(node: SyntaxNode, scope: Scope): boolean {
  switch (node.name) {
    case 'NumberDurationLiteral':
    case 'StringLiteral':
      return true
    case 'FunctionCall':
      return /^(scalar|time|pi|start|end|step|range)$/.test(
        textOf(node.getChild('FunctionIdentifier'), scope),
      )
    case 'BinaryExpr':
    case 'ParenExpr':
    case 'UnaryExpr':
      return node.getChildren('Expr').every(inner => isScalar(inner, scope))
    default:
      return false
  }
}

const textOf = (node: SyntaxNode | null, { text }: Scope): string =>
  node === null ? '' : text.slice(node.from, node.to)
