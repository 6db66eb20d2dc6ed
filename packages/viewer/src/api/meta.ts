import type { Problem } from '@throughline/catalog'

/** `GET /api/meta`: what the viewer is, and what it holds. */
export interface Meta {
  readonly version: string
  /** When the viewer started, in milliseconds since 1970. */
  readonly startedAtMs: number
  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` takes to send here. */
  readonly endpoint: string
  readonly stored: Stored
  readonly limits: { readonly maxSpans: number; readonly maxBytes: number }
  /** Services that have sent a span, by name. */
  readonly services: readonly string[]
  /** Teams of the catalog and of spans, by name. */
  readonly teams: readonly string[]
  /** Absent where there is no catalog. */
  readonly catalog: CatalogState | undefined
  readonly links: ConfiguredLinks
}

/** What is in the store. */
export interface Stored {
  readonly traces: number
  readonly spans: number
  readonly logs: number
  /** Bytes of spans and logs, as they are stored. */
  readonly bytes: number
  /** Spans that were removed to make room. */
  readonly evictedSpans: number
  /** Number of the newest trace; each new one gets the next. */
  readonly newest: number
}

/** The catalog that the viewer reads: valid, or with all that is wrong with it. */
export interface CatalogState {
  readonly file: string
  readonly problems: readonly Problem[]
}

/** Other places that show the same trace; absent where none is configured. `{traceId}` stands for the id. */
export interface ConfiguredLinks {
  readonly grafana: string | undefined
  readonly jaeger: string | undefined
  readonly sentry: string | undefined
}

/** An event of `GET /api/live` (server-sent events, `data:` in JSON), at most twice a second while spans come in. */
export type LiveEvent = Stored

/** The body of every answer that is not 2xx. */
export interface ApiError {
  readonly error: string
  readonly fix: string
}
