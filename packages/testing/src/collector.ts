import { startReceiver, type LogRecord, type SpanRecord } from '@throughline/otlp'
import { renderTree } from './render-tree.ts'
import { buildTraces, type BuildOptions, type TraceTree } from './trace-tree.ts'

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

/** An OTLP collector that keeps what it gets. */
export interface Collector extends AsyncDisposable {
  readonly url: string
  /** Environment that makes a process send here, soon after each span ends. */
  readonly env: Readonly<Record<string, string>>
  readonly spans: readonly SpanRecord[]
  readonly logs: readonly LogRecord[]
  /** The trees of all traces so far. */
  traces(options?: BuildOptions): TraceTree[]
  /**
   * Resolves to the first trace that is as asked and has been quiet for a moment; rejects after `timeoutMs` with every
   * trace that did arrive.
   */
  waitForTrace(query?: TraceQuery): Promise<TraceTree>
  /** Forgets what has arrived. */
  clear(): void
  stop(): Promise<void>
}

/** Options of {@link startCollector}. */
export interface CollectorOptions {
  /** @default 0, any free port */
  readonly port?: number
}

/** Starts a collector on the loopback address. Rejects when the port cannot be had. */
export async function startCollector({ port = 0 }: CollectorOptions = {}): Promise<Collector> {
  const spans: SpanRecord[] = []
  const logs: LogRecord[] = []
  const lastSpanAt = new Map<string, number>()
  const listeners = new Set<() => void>()
  const receiver = await startReceiver({
    port,
    onTraces(received) {
      spans.push(...received)
      for (const { traceId } of received) lastSpanAt.set(traceId, performance.now())
      for (const listener of listeners) listener()
    },
    onLogs: received => void logs.push(...received),
  })
  const traces = (options?: BuildOptions): TraceTree[] => buildTraces(spans, options)

  /** The trace that matches, and how long it must still stay quiet. */
  const find = (query: TraceQuery): { trace: TraceTree; waitMs: number } | undefined => {
    const trace = traces(query).find(candidate => matches(candidate, query))
    if (trace === undefined) return undefined
    return { trace, waitMs: QUIET_MS - (performance.now() - (lastSpanAt.get(trace.traceId) ?? 0)) }
  }

  return {
    url: receiver.url,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
    spans,
    logs,
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
    stop: () => receiver.stop(),
    [Symbol.asyncDispose]: () => receiver.stop(),
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
