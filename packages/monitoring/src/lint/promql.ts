import type { PartialParse, SyntaxNode, Tree } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { findTypeProblems } from './promql-types.ts'
import { findSelectors, type Selector } from './promql-selectors.ts'
import { findSyntaxProblem, type QueryProblem } from './syntax-problems.ts'

/** A PromQL query, read. */
export interface Promql {
  readonly text: string
  /** Mistakes of syntax or of types. While there are any, nothing else is known. */
  readonly problems: readonly QueryProblem[]
  readonly selectors: readonly Selector[]
  /** Every metric that is named, once. */
  readonly metrics: readonly string[]
  /** The outermost expression; absent when there are problems. */
  readonly root: SyntaxNode | undefined
}

/**
 * Reads a PromQL query: the grammar and the type checker of Prometheus' own editor.
 *
 * Both are needed: the grammar lets `rate(x)` pass, the checker `sum(x) by`. Variables of Grafana have to be replaced
 * before. Never throws.
 */
export function parsePromql(text: string): Promql {
  try {
    const tree = parseTree(text)
    const syntax = findSyntaxProblem(tree, text)
    const problems = syntax === undefined ? findTypeProblems(tree, text) : [syntax]
    const root = problems.length > 0 ? null : tree.topNode.getChild('Expr')
    if (root === null) return unread(text, problems)
    const selectors = findSelectors(root, text)
    const metrics = new Set(selectors.flatMap(({ metric }) => metric ?? []))
    return { text, problems, selectors, metrics: [...metrics], root }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const message = 'it has so many operators that it cannot be checked'
    return unread(text, [{ message, offset: 0 }])
  }
}

const unread = (text: string, problems: readonly QueryProblem[]): Promql => ({
  text,
  problems,
  selectors: [],
  metrics: [],
  root: undefined,
})

/**
 * The syntax tree of a query.
 *
 * The parser is meant for editors, and gives up on a chain of 300 operators, as in `a or b or …`; a rule over many routes
 * may have more. It counts them in a field of its own, which is set back at each step.
 */
function parseTree(text: string): Tree {
  const parse: PartialParse & { bigReductionCount?: number } = parser.startParse(text)
  for (;;) {
    const tree = parse.advance()
    if (tree !== null) return tree
    parse.bigReductionCount = 0
  }
}
