import { buildTraces, type Collector, type TraceTree } from '@throughline/testing'
import { findSpans } from './traceql.ts'

/** Follows a link to the traces of an alert: the last of those that its query finds and that arrived whole. */
export function openTraces(link: string | undefined, { spans }: Collector): TraceTree {
  const panes = JSON.parse(new URL(link ?? '').searchParams.get('panes') ?? '') as {
    readonly a: { readonly queries: readonly { readonly query: string }[] }
  }
  const query = panes.a.queries[0]?.query ?? ''
  const found = new Set(findSpans(query, spans).map(({ traceId }) => traceId))
  const traces = buildTraces(spans.filter(({ traceId }) => found.has(traceId)))
  const whole = traces.findLast(({ roots, orphans }) => roots.length === 1 && orphans.length === 0)
  if (whole !== undefined) return whole
  throw new Error(`${query} finds ${traces.length} traces, none of them whole`)
}
