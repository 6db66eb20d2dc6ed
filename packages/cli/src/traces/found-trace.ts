import type { LogRecord, SpanRecord } from '@throughline/otlp'
import type { SpanRow, TraceView } from '@throughline/viewer'

/** What a source has of one trace. */
export interface FoundTrace {
  readonly spans: readonly SpanRecord[]
  readonly logs: readonly LogRecord[]
  /** What has to be said of it besides: records that were left out, or that the source gave a part only. */
  readonly notes: readonly string[]
  /** What only the viewer knows. */
  readonly seen?: SeenTrace
}

/** What the viewer knows of a trace beside its spans; `span` of a gap is a place in its own list of spans. */
export interface SeenTrace extends Pick<TraceView, 'gaps'> {
  readonly spans: readonly Pick<SpanRow, 'spanId' | 'team'>[]
}

/** Where a trace is looked for. */
export interface TraceSource {
  /** `the viewer at http://127.0.0.1:4318`. */
  readonly name: string
  /** Ids of its traces that begin so; absent where it cannot be asked that. */
  complete?(start: string): Promise<readonly string[]>
  /** Nothing where it has no span of this trace. Throws a ThroughlineError where it cannot be asked. */
  find(traceId: string): Promise<FoundTrace | undefined>
  /** What to do about a trace that is not there: one sentence, and perhaps lines of traces that are. */
  adviseOnMissing(): Promise<string>
}
