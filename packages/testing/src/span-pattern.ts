import type { AttributeValue, SpanKind, SpanStatus } from '@throughline/otlp'
import type { SpanNode, TraceTree } from '@throughline/trace'

/** What a span must be like. All that is given must hold. */
export interface SpanFields {
  readonly service?: string
  readonly name?: string | RegExp
  readonly kind?: SpanKind
  readonly team?: string
  readonly status?: SpanStatus
  readonly attributes?: Readonly<Record<string, AttributeValue>>
}

/** A span by `'name'` or `'service name'`, by a pattern of its name, or by its fields. */
export type SpanPattern = string | RegExp | SpanFields

/** Whether `span` is as `pattern` says. */
export function matchesSpan(span: SpanNode, pattern: SpanPattern): boolean {
  if (typeof pattern === 'string')
    return span.name === pattern || `${span.service} ${span.name}` === pattern
  if (pattern instanceof RegExp) return pattern.test(span.name)
  const { service, name, kind, team, status, attributes = {} } = pattern
  return (
    (service === undefined || span.service === service) &&
    (name === undefined ||
      (typeof name === 'string' ? span.name === name : name.test(span.name))) &&
    (kind === undefined || span.kind === kind) &&
    (team === undefined || span.team === team) &&
    (status === undefined || span.status === status) &&
    Object.entries(attributes).every(([key, value]) => span.attributes[key] === value)
  )
}

/** The pattern as a person would write it. */
export function describePattern(pattern: SpanPattern): string {
  if (typeof pattern === 'string') return `"${pattern}"`
  return pattern instanceof RegExp
    ? String(pattern)
    : JSON.stringify(pattern, (_key, value: unknown) =>
        value instanceof RegExp ? String(value) : value,
      )
}

/**
 * How far a path can be followed down a trace: each step is matched by a span somewhere below the one before. Gives the
 * number of steps of the longest way found; the whole path is there when that is all of them.
 */
export function followPath(trace: TraceTree, path: readonly SpanPattern[]): number {
  return Math.max(0, ...[...trace.roots, ...trace.orphans].map(span => follow(span, path)))
}

function follow(span: SpanNode, path: readonly SpanPattern[]): number {
  const [first, ...rest] = path
  if (first === undefined) return 0
  const below = (steps: readonly SpanPattern[]): number =>
    Math.max(0, ...span.children.map(child => follow(child, steps)))
  const passing = below(path)
  return matchesSpan(span, first) ? Math.max(passing, 1 + below(rest)) : passing
}
