import type { SyntaxNode } from '@lezer/common'
import { durationOf } from './promql-duration.ts'

/** A condition on a label, in a selector. */
export interface Matcher {
  readonly label: string
  readonly operator: '=' | '!=' | '=~' | '!~'
  readonly value: string
}

/** One `metric{label="value"}[5m]` of a query. */
export interface Selector {
  /** Absent where only labels select. */
  readonly metric: string | undefined
  readonly matchers: readonly Matcher[]
  /** Functions and aggregations around it, from the inside: `rate`, `sum`. */
  readonly within: readonly string[]
  /** Length of the range, when one is selected. */
  readonly rangeMs: number | undefined
  /** Character at which it begins, from 0. */
  readonly offset: number
}

/** Every selector below a node, in the order they are written. */
export function findSelectors(node: SyntaxNode, text: string): Selector[] {
  const found: Selector[] = []
  node.cursor().iterate(({ name, node: inner }) => {
    if (name === 'VectorSelector') found.push(readSelector(inner, text))
  })
  return found
}

function readSelector(node: SyntaxNode, text: string): Selector {
  const named = node.getChild('Identifier')
  const all = readMatchers(node, text)
  const byLabel = all.find(({ label, operator }) => label === '__name__' && operator === '=')
  const range = node.parent?.name === 'MatrixSelector' ? node.parent.getChild('DurationExpr') : null
  return {
    metric: named === null ? byLabel?.value : text.slice(named.from, named.to),
    matchers: all.filter(({ label }) => label !== '__name__'),
    within: wrappersOf(node, text),
    rangeMs: range === null ? undefined : durationOf(text.slice(range.from, range.to)),
    offset: node.from,
  }
}

/** The matchers of a selector; a name in quotes, `{"a.b"}`, is one of `__name__`. */
export function readMatchers(selector: SyntaxNode, text: string): Matcher[] {
  const list = selector.getChild('LabelMatchers')
  const matchers: Matcher[] = []
  for (let child = list?.firstChild ?? null; child !== null; child = child.nextSibling) {
    const part = (name: string): string | undefined => {
      const found = child?.getChild(name)
      return found ? text.slice(found.from, found.to) : undefined
    }
    if (child.name === 'QuotedLabelName') {
      const value = unquote(text.slice(child.from, child.to))
      matchers.push({ label: '__name__', operator: '=', value })
    }
    const label = part('LabelName') ?? part('QuotedLabelName')
    const value = part('StringLiteral')
    if (label === undefined || value === undefined) continue
    const operator = part('MatchOp') as Matcher['operator']
    matchers.push({ label: unquote(label), operator, value: unquote(value) })
  }
  return matchers
}

function wrappersOf(node: SyntaxNode, text: string): string[] {
  const names: string[] = []
  for (let above = node.parent; above !== null; above = above.parent) {
    if (above.name !== 'FunctionCall' && above.name !== 'AggregateExpr') continue
    const name = above.getChild('FunctionIdentifier') ?? above.getChild('AggregateOp')
    if (name !== null) names.push(text.slice(name.from, name.to).toLowerCase())
  }
  return names
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** The text that a literal of PromQL stands for. */
export function unquote(literal: string): string {
  const quote = literal.charAt(0)
  if (quote === '`') return literal.slice(1, -1)
  if (quote !== '"' && quote !== "'") return literal
  return literal.slice(1, -1).replaceAll(/\\(.)/g, (_, next: string) => ESCAPES[next] ?? next)
}
