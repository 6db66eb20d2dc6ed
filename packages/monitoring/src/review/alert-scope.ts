import type { SyntaxNode } from '@lezer/common'
import { parsePromql } from '../lint/promql.ts'
import { type Matcher, readMatchers } from '../lint/promql-selectors.ts'

/** Labels of the series of one thing: `{ job: 'web', http_request_method: 'GET', http_route: '/invoices' }`. */
export type Series = Readonly<Record<string, string>>

/** What an alert's query is about. */
export interface AlertScope {
  /** Labels that its selectors ask for. */
  readonly labels: ReadonlySet<string>
  /** Whether it can fire for series with these labels; a label that is not given may have any value. */
  takes(series: Series): boolean
}

/**
 * Reads what an alert's query is about, from its selectors. `unless` takes away, but where its right side is a condition on
 * a value. A query that cannot be read takes nothing.
 */
export function readScope(expr: string): AlertScope {
  const { root, selectors } = parsePromql(expr)
  if (root === undefined) return { labels: new Set(), takes: () => false }
  return {
    labels: new Set(selectors.flatMap(({ matchers }) => matchers.map(({ label }) => label))),
    takes: compileNode(root, expr) ?? (() => true),
  }
}

type Test = (series: Series) => boolean

const COMPARISONS = ['Eql', 'Neq', 'Gtr', 'Gte', 'Lss', 'Lte']

/** Nothing where no selector is. */
function compileNode(node: SyntaxNode, text: string): Test | undefined {
  if (node.name === 'VectorSelector') {
    const tests = readMatchers(node, text).map(compileMatcher)
    return series => tests.every(test => test(series))
  }
  const children = childrenOf(node)
  const parts = children.map(child => compileNode(child, text))
  const known = parts.filter(part => part !== undefined)
  const [first] = known
  if (first === undefined || known.length === 1) return first
  if (node.getChild('Or') !== null) return series => known.some(test => test(series))
  if (node.getChild('Unless') !== null) {
    const right = children.at(-1)
    const excluded = right === undefined || holdsComparison(right) ? undefined : parts.at(-1)
    return series => first(series) && excluded?.(series) !== true
  }
  return series => known.every(test => test(series))
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child)
  return children
}

function holdsComparison(node: SyntaxNode): boolean {
  let found = false
  node.cursor().iterate(({ name }) => {
    found ||= COMPARISONS.includes(name)
  })
  return found
}

function compileMatcher({ label, operator, value }: Matcher): Test {
  const isRegex = operator.endsWith('~')
  const regex = isRegex ? new RegExp(`^(?:${value})$`) : undefined
  const isWanted = !operator.startsWith('!')
  return series => {
    const given = series[label]
    return given === undefined || (regex?.test(given) ?? given === value) === isWanted
  }
}
