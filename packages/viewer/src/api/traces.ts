import type { SpanCategory } from '@throughline/trace'

/**
 * `GET /api/traces?q=…&before=…&limit=…`: traces, the newest first.
 *
 * `q` is the text of the search box. Words are looked for in names, paths, hosts, errors and attributes; terms narrow:
 * `service:web`, `team:billing`, `route:/invoices/[id]`, `status:error|ok|502|5xx`, `>500ms`, `<1s`, `method:POST`; a value with spaces
 * stands in double quotes, and `-` before a term or word excludes it. A whole trace id finds that trace.
 */
export interface TraceList {
  readonly traces: readonly TraceSummary[]
  /** What `before` takes to go on; absent at the end. */
  readonly next: string | undefined
  /** How many traces match in all. */
  readonly total: number
  /** Number of the newest trace that is stored, whether it matches or not. */
  readonly newest: number
  /** Terms of `q` that were not understood, each said so that its author can mend it; they are left out. */
  readonly complaints: readonly string[]
}

/** `GET /api/traces/count?q=…&after=N`: how many traces that match have a number above N. */
export interface TraceCount {
  readonly count: number
  readonly newest: number
}

/** One row of the list. */
export interface TraceSummary {
  readonly traceId: string
  /** Milliseconds since 1970. */
  readonly startMs: number
  readonly durationMs: number
  /** Title of the root; of the earliest span while the root has not arrived. */
  readonly title: string
  readonly category: SpanCategory
  /** Service of the root. */
  readonly service: string
  /** Whether the root has arrived. */
  readonly rooted: boolean
  /** Status code of the root's answer, else `ok` or `error`. */
  readonly outcome: string
  /** Whether the request failed: the root did, or answered 5xx. */
  readonly failed: boolean
  /** Spans that failed. */
  readonly errors: number
  /** The first error of the trace in a few words: `payments: 502`. */
  readonly firstError: string | undefined
  readonly spans: number
  /** In order of first appearance; `outside` ones are only called, and sent no span of this trace. */
  readonly services: readonly { readonly name: string; readonly outside: boolean }[]
  /** Owner of the root. */
  readonly team: string | undefined
  /** All owners. */
  readonly teams: readonly string[]
}
