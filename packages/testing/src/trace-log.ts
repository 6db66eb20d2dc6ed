import type { LogRecord, SpanRecord } from '@throughline/otlp'
import { buildTraces, renderTree, type BuildOptions, type TraceTree } from '@throughline/trace'

const DEFAULT_TIMEOUT_MS = 15_000

/** How long a trace must have got no further span to count as whole. */
const QUIET_MS = 150

/** What a trace must be like to be waited for. All that is given must hold. */
export interface TraceQuery extends BuildOptions {
  /** Name of its root span. */
  readonly root?: string | RegExp
  readonly traceId?: string
  /** Least number of spans. @default 1 */
  readonly spans?: number
  /** Names of spans that it must hold. */
  readonly containing?: readonly (string | RegExp)[]
  /** Whatever else must hold. */
  readonly until?: (trace: TraceTree) => boolean
  /** How long to wait. @default 15000 */
  readonly timeoutMs?: number
}

/** Spans and logs that were received, and what waits for a trace among them. */
export interface TraceLog {
  readonly spans: readonly SpanRecord[]
  readonly logs: readonly LogRecord[]
  readonly addSpans: (received: readonly SpanRecord[]) => void
  readonly addLogs: (received: readonly LogRecord[]) => void
  /** The trees of all traces so far. */
  traces(options?: BuildOptions): TraceTree[]
  /**
   * Resolves to the first trace that is as asked and has been quiet for a moment; rejects after `timeoutMs` with every
   * trace that did arrive.
   */
  waitForTrace(query?: TraceQuery): Promise<TraceTree>
  /** Forgets what has arrived. */
  clear(): void
}

/** Makes a log that holds nothing yet. What receives fills it: a collector, or a viewer. */
export function createTraceLog(): TraceLog {
  const spans: SpanRecord[] = []
  const logs: LogRecord[] = []
  const lastSpanAt = new Map<string, number>()
  const listeners = new Set<() => void>()
  const traces = (options?: BuildOptions): TraceTree[] => buildTraces(spans, options)

  /** The trace that matches, and how long it must still stay quiet. */
  const find = (query: TraceQuery): { trace: TraceTree; waitMs: number } | undefined => {
    const trace = traces(query).find(candidate => matches(candidate, query))
    if (trace === undefined) return undefined
    return { trace, waitMs: QUIET_MS - (performance.now() - (lastSpanAt.get(trace.traceId) ?? 0)) }
  }

  return {
    spans,
    logs,
    addSpans(received) {
      spans.push(...received)
      for (const { traceId } of received) lastSpanAt.set(traceId, performance.now())
      for (const listener of listeners) listener()
    },
    addLogs: received => void logs.push(...received),
    traces,
    waitForTrace: (query = {}) =>
      new Promise((resolve, reject) => {
        let quiet: NodeJS.Timeout | undefined
        const finish = (): void => {
          clearTimeout(deadline)
          clearTimeout(quiet)
          listeners.delete(check)
        }
        const check = (): void => {
          clearTimeout(quiet)
          const found = find(query)
          if (found === undefined) return
          if (found.waitMs > 0) quiet = setTimeout(check, found.waitMs)
          else {
            finish()
            resolve(found.trace)
          }
        }
        const timeoutMs = query.timeoutMs ?? DEFAULT_TIMEOUT_MS
        const deadline = setTimeout(() => {
          finish()
          reject(new Error(explainTimeout(query, timeoutMs, traces(query))))
        }, timeoutMs)
        listeners.add(check)
        check()
      }),
    clear() {
      spans.length = 0
      logs.length = 0
      lastSpanAt.clear()
    },
  }
}

function matches(
  trace: TraceTree,
  { root, traceId, spans = 1, containing = [], until = () => true }: TraceQuery,
): boolean {
  return (
    (traceId === undefined || trace.traceId === traceId) &&
    trace.spans.length >= spans &&
    (root === undefined || trace.roots.some(span => isNamed(span.name, root))) &&
    containing.every(wanted => trace.spans.some(span => isNamed(span.name, wanted))) &&
    until(trace)
  )
}

const isNamed = (name: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? name === wanted : wanted.test(name)

function explainTimeout(
  query: TraceQuery,
  timeoutMs: number,
  arrived: readonly TraceTree[],
): string {
  const wanted = Object.entries(query)
    .filter(([name]) => name !== 'timeoutMs' && name !== 'until')
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ')
  const seen =
    arrived.length === 0
      ? 'No trace arrived.'
      : `What did arrive:\n\n${arrived.map(tree => renderTree(tree)).join('\n\n')}`
  return `No trace with ${wanted || 'any span'} within ${timeoutMs} ms. ${seen}`
}
