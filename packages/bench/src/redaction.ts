import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'
import { createRedactor, redactSpan } from '@throughline/node/redaction'
import { createSpanSource, type MakeRequestSpans } from './sample-spans.ts'
import { spreadOf, type Spread } from './spread.ts'
import { startWorker } from './worker-process.ts'

/** What redaction adds to the export of spans. */
export interface RedactionCost {
  readonly rounds: number
  readonly cases: readonly RedactionCase[]
}

/** The cost of one kind of spans in one encoding. Microseconds are of CPU, a span. */
export interface RedactionCase {
  readonly spans: string
  readonly encoding: string
  readonly exportMicros: Spread
  readonly redactionMicros: Spread
  /** Both together by the export alone, within a round. */
  readonly ratio: Spread
  /** The same of no redaction: the noise of the run. */
  readonly control: Spread
}

const WARM_UP_ROUNDS = 10
/** Short turns are rarely disturbed, and what each variant meets is the same. */
const TURNS = 24
const REQUESTS_A_TURN = 32
const BATCH = 512

type OnEnd = (span: ReadableSpan) => ReadableSpan

/** CPU, microseconds a span. */
type Round = Readonly<Record<'send' | 'plain' | 'again' | 'redacted', number>>

/**
 * Measures what redaction costs as spans end, where our runtime does it, by what their export costs after they have
 * waited. The variants make spans in turns, in another order each time.
 */
export async function measureRedaction(rounds: number): Promise<RedactionCost> {
  await using neighbours = await startWorker<{ collector: string }, unknown>({
    args: [new URL('apps/neighbours.mjs', import.meta.url).pathname],
  })
  const url = `${neighbours.ready.collector}/v1/traces`
  const redactor = createRedactor({ keys: [], patterns: [], allow: [] })
  const variants: readonly OnEnd[] = [
    span => span,
    span => span,
    span => redactSpan(span, redactor),
  ]
  let onEnd: OnEnd = span => span
  const source = createSpanSource(span => onEnd(span))

  const measureRound = async (make: MakeRequestSpans, exporter: SpanExporter): Promise<Round> => {
    const used = variants.map((): number[] => [])
    let request = 0
    for (let turn = 0; turn < TURNS; turn++) {
      for (let at = 0; at < variants.length; at++) {
        const variant = (turn + at) % variants.length
        onEnd = variants[variant] ?? onEnd
        const before = usedMicros()
        for (let made = 0; made < REQUESTS_A_TURN; made++) make(request++)
        used[variant]?.push(usedMicros() - before)
      }
    }
    const spans = source.take()
    const before = usedMicros()
    for (let at = 0; at < spans.length; at += BATCH) {
      await send(exporter, spans.slice(at, at + BATCH))
    }
    const spansATurn = spans.length / TURNS / variants.length
    // The median turn: garbage is collected in others.
    const [plain = 0, again = 0, redacted = 0] = used.map(
      micros => spreadOf(micros).median / spansATurn,
    )
    return { send: (usedMicros() - before) / spans.length, plain, again, redacted }
  }
  const measureCase = async (
    make: MakeRequestSpans,
    exporter: SpanExporter,
  ): Promise<Omit<RedactionCase, 'spans' | 'encoding'>> => {
    const seen: Round[] = []
    for (let round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      const measured = await measureRound(make, exporter)
      if (round >= WARM_UP_ROUNDS) seen.push(measured)
    }
    const of = (value: (round: Round) => number): Spread => spreadOf(seen.map(value))
    return {
      exportMicros: of(({ send: sent }) => sent),
      redactionMicros: of(({ redacted, plain }) => redacted - plain),
      ratio: of(({ send: sent, redacted, plain }) => (sent + redacted - plain) / sent),
      control: of(({ send: sent, again, plain }) => (sent + again - plain) / sent),
    }
  }

  const cases: RedactionCase[] = []
  for (const [encoding, exporter] of [
    ['protobuf', new ProtobufExporter({ url })],
    ['JSON', new JsonExporter({ url })],
  ] as const) {
    for (const [spans, make] of [
      ['ordinary', source.ordinary],
      ['full of secrets', source.secret],
    ] as const) {
      cases.push({ spans, encoding, ...(await measureCase(make, exporter)) })
    }
    await exporter.shutdown()
  }
  return { rounds, cases }
}

function usedMicros(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

const send = (exporter: SpanExporter, spans: ReadableSpan[]): Promise<void> =>
  new Promise((resolve, reject) =>
    exporter.export(spans, ({ error }) => (error === undefined ? resolve() : reject(error))),
  )
