import type { Context, SpanContext } from '@opentelemetry/api'
import type { Caller } from '../requests/request.ts'

/** What is known of a request before anything is done for it. */
export interface ArrivingRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Address at the other end of the connection, where it is known. */
  readonly peer: string | undefined
}

/** How a request was let in. */
export interface Admission {
  readonly caller: Caller
  /** Why the caller's trace is not continued; undefined when it is, and when it brought none. */
  readonly restarted: string | undefined
  /** Context that its server span starts in: with the caller's span, or with none. */
  readonly parent: Context
  /** Span of the caller whose trace is not continued, to be linked. */
  readonly stranger: SpanContext | undefined
}

/** Decides whose trace a request belongs to. Never throws. */
export type Admit = (request: ArrivingRequest) => Admission
