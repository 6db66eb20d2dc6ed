import { buildTraces, renderTree, type SpanNode, type TraceTree } from '@throughline/trace'
import { expect } from 'vitest'
import { describePattern, followPath, type SpanPattern } from './span-pattern.ts'

/** What the matchers take: one trace, or all spans that arrived. */
export type Traced = TraceTree | { readonly spans: readonly Omit<SpanNode, 'team' | 'children'>[] }

/** The matchers, as `expect` knows them. */
export interface TraceMatchers<Result = unknown> {
  /** Every span belongs to one trace with one root. */
  toBeOneTrace(): Result
  /** Somewhere in the trace each step lies below the one before it; other spans may lie between. */
  toContainPath(path: readonly SpanPattern[]): Result
  /** The parent of every span but the roots has arrived. */
  toHaveNoOrphans(): Result
  /** Every server and consumer span names a team; with `teams`, that of its `'service name'`, else of its service. */
  toNameTeams(teams?: Readonly<Record<string, string>>): Result
}

declare module 'vitest' {
  // Merges with vitest's own interface, so it has to have its parameters.
  interface Matchers<
    R extends void | Promise<void> = void | Promise<void>,
    T = unknown,
  > extends TraceMatchers<R> {}
}

interface Outcome {
  readonly pass: boolean
  readonly message: () => string
}

/** An outcome whose message says what was not met, and shows every trace that arrived. */
function judge(
  trees: readonly TraceTree[],
  complaints: readonly string[],
  negated: string,
): Outcome {
  const seen =
    trees.length === 0 ? 'No trace arrived.' : trees.map(tree => renderTree(tree)).join('\n\n')
  const words = complaints.length === 0 ? [negated] : complaints
  return { pass: complaints.length === 0, message: () => `${words.join('\n')}\n\n${seen}` }
}

const treesOf = (traced: Traced): TraceTree[] =>
  'roots' in traced ? [traced] : buildTraces(traced.spans)
const label = ({ service, name, kind }: SpanNode): string => `${kind} span "${service} ${name}"`

expect.extend({
  toBeOneTrace(traced: Traced): Outcome {
    const trees = treesOf(traced)
    const roots = trees.flatMap(tree => tree.roots)
    return judge(
      trees,
      [
        ...(trees.length === 1 ? [] : [`expected one trace, got ${trees.length}`]),
        ...(trees.length === 1 && roots.length !== 1
          ? [`expected one root span, got ${roots.length}`]
          : []),
      ],
      'expected more or less than one trace',
    )
  },

  toContainPath(traced: Traced, path: readonly SpanPattern[]): Outcome {
    const trees = treesOf(traced)
    const reached = Math.max(0, ...trees.map(tree => followPath(tree, path)))
    const words = path.map(describePattern)
    const found =
      reached === 0
        ? 'its first step is nowhere'
        : `found up to ${words.slice(0, reached).join(' > ')}`
    const missing = words[reached]
    return judge(
      trees,
      missing === undefined
        ? []
        : [`expected the path ${words.join(' > ')}: ${found}; ${missing} is missing below it`],
      `expected no path ${words.join(' > ')}`,
    )
  },

  toHaveNoOrphans(traced: Traced): Outcome {
    const trees = treesOf(traced)
    const orphans = trees.flatMap(tree => tree.orphans)
    return judge(
      trees,
      orphans.map(span => `${label(span)} has lost its parent ${span.parentSpanId}`),
      'expected a span without its parent',
    )
  },

  toNameTeams(traced: Traced, teams: Readonly<Record<string, string>> = {}): Outcome {
    const trees = treesOf(traced)
    const owned = trees
      .flatMap(tree => tree.spans)
      .filter(({ kind }) => kind === 'server' || kind === 'consumer')
    const complaints = owned.flatMap(span => {
      if (span.team === undefined) return [`${label(span)} names no team`]
      const wanted = teams[`${span.service} ${span.name}`] ?? teams[span.service]
      return wanted === undefined || wanted === span.team
        ? []
        : [`${label(span)} names team "${span.team}" in place of "${wanted}"`]
    })
    return judge(
      trees,
      owned.length === 0 ? ['no server or consumer span arrived'] : complaints,
      'expected a server or consumer span without its team',
    )
  },
})
