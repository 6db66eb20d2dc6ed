import type { AttributeValue } from '@throughline/otlp'
import type { SpanNode } from '@throughline/testing'
import type { Outcome } from './outcome.ts'

/** What `--json` prints. */
export interface JsonReport {
  readonly schema: 1
  readonly scenarios: readonly JsonScenario[]
}

/** What became of one scenario. */
export interface JsonScenario {
  readonly name: string
  readonly ok: boolean
  readonly traceId: string | null
  readonly problems: readonly string[]
  readonly spans: readonly JsonSpan[]
}

/** One span of the trace of a scenario. */
export interface JsonSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | null
  readonly service: string
  readonly name: string
  readonly kind: string
  readonly startMs: number
  readonly durationMs: number
  readonly status: string
  readonly team: string | null
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

/** The outcomes as the one JSON object that `--json` prints. */
export function renderJson(outcomes: readonly Outcome[]): string {
  const scenarios = outcomes.map(({ name, problems, trace }) => ({
    name,
    ok: problems.length === 0,
    traceId: trace?.traceId ?? null,
    problems,
    spans: trace?.spans.map(describeSpan) ?? [],
  }))
  const report: JsonReport = { schema: 1, scenarios }
  return JSON.stringify(report, (_key, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  )
}

function describeSpan(span: SpanNode): JsonSpan {
  const { traceId, spanId, service, name, kind, durationMs, status, attributes } = span
  return {
    traceId,
    spanId,
    parentSpanId: span.parentSpanId ?? null,
    service,
    name,
    kind,
    startMs: Number(span.startUnixNano / 1000n) / 1000,
    durationMs,
    status,
    team: span.team ?? null,
    attributes,
  }
}
