import type { DecidedBy } from '@throughline/catalog'
import type { LogRecord, SpanRecord } from '@throughline/otlp'
import type { Gap } from './gap.ts'

/** What a span is to a person. */
export type SpanCategory =
  /** A page of Next.js that is rendered. */
  | 'page'
  /** A route handler of Next.js. */
  | 'handler'
  /** A server action of Next.js. */
  | 'action'
  /** `proxy.ts` or middleware. */
  | 'proxy'
  /** A request that an API service answers. */
  | 'api'
  /** A job or message that is worked on. */
  | 'job'
  /** A job or message that is sent. */
  | 'queue'
  | 'database'
  /** A call to a service of the system. */
  | 'call'
  /** A call to somebody else. */
  | 'external'
  /** What a browser did. */
  | 'browser'
  /** Anything else that happens within a service. */
  | 'internal'

/** Who answers for a span, and what says so. */
export interface SpanOwner {
  readonly team: string
  /** The line of the catalog; absent where only the span itself names the team. */
  readonly decidedBy: DecidedBy | undefined
}

/** A stretch of a trace, in milliseconds from its start. */
export type Stretch = readonly [startMs: number, endMs: number]

/** One span, read. */
export interface ReadSpan {
  readonly span: SpanRecord
  readonly category: SpanCategory
  /**
   * What happened, as a person would say it: `GET /invoices/[id]`, `SELECT invoice`. A call names the service that it
   * reaches, `POST payments`, and its host where that is not known, `POST payments.example.com`.
   */
  readonly title: string
  readonly owner: SpanOwner | undefined
  /** How far below the root; 0 for a root, and for a span whose parent is missing. */
  readonly depth: number
  /** Place of its parent in {@link TraceReading.spans}; absent for a root, and where the parent is missing. */
  readonly parent: number | undefined
  /** How many spans stand below it: they follow it in the list. */
  readonly descendants: number
  /** Milliseconds from the start of the trace, on the clock of the root. */
  readonly startMs: number
  readonly durationMs: number
  /** What was added to its own clock, in milliseconds; 0 where the clocks agree. */
  readonly skewMs: number
  /** Time in which no span right below it ran that it waited for, in milliseconds: neither a job nor the load of its page. */
  readonly selfMs: number
  /** When the whole trace waited for this span itself, and for none below it. */
  readonly critical: readonly Stretch[]
  readonly failed: boolean
  /** Why it failed, in a few words: `502`, `TypeError: plan is undefined`; absent where it did not, or does not say. */
  readonly failure: string | undefined
}

/** A log record, and where it belongs. */
export interface ReadLog {
  readonly log: LogRecord
  /** Place of its span in {@link TraceReading.spans}; absent where the span is missing. */
  readonly span: number | undefined
  /** Milliseconds from the start of the trace, on the clock of the root. */
  readonly atMs: number
}

/** What made a trace fail, and who answers for it. */
export interface Failure {
  /** Place in {@link TraceReading.spans} of the span at which it began: the deepest that failed. */
  readonly span: number
  /** In words: `payments answered 502 after 1.18 s; web answered 502`. */
  readonly sentence: string
  readonly owner: SpanOwner | undefined
}

/** One trace, read. */
export interface TraceReading {
  readonly traceId: string
  /** What it is: the title of its root. */
  readonly title: string
  /** What came of it: the status code of the root's answer, else `ok` or `error`. */
  readonly outcome: string
  readonly failed: boolean
  /** Milliseconds since 1970. */
  readonly startUnixMs: number
  readonly durationMs: number
  /** Each span once, parents before children, children by start; then those whose parent is missing, each with its own. */
  readonly spans: readonly ReadSpan[]
  /** By time. */
  readonly logs: readonly ReadLog[]
  /** By place in the trace; what is about the whole trace comes last. */
  readonly gaps: readonly Gap[]
  /** Names, by first span. */
  readonly services: readonly string[]
  /** Owning teams, in the order in which the trace comes to them. */
  readonly teams: readonly string[]
  readonly failure: Failure | undefined
}
