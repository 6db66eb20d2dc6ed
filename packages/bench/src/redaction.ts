import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
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

/** The cost of one kind of spans in one encoding. */
export interface RedactionCase {
  readonly spans: string
  readonly encoding: string
  /** CPU of the export of what is not redacted, microseconds a span. */
  readonly exportMicros: Spread
  /** CPU of redaction as a span ends and of its export, by the former, within a round. */
  readonly ratio: Spread
  /** The same of no redaction: the noise of the run. */
  readonly control: Spread
}

const WARM_UP_ROUNDS = 8
const REQUESTS = 4096
const BATCH = 512

setFlagsFromString('--expose-gc')
/** What one measurement leaves behind is not collected at the cost of the next. */
const collectGarbage = runInNewContext('gc') as () => void

type OnEnd = (span: ReadableSpan) => ReadableSpan

/** CPU, microseconds a span. */
interface Micros {
  /** Of making it, and of what is done as it ends. */
  readonly make: number
  readonly send: number
}

/** Measures the CPU of exports with and without redaction, in turns and in another order each round. */
export async function measureRedaction(rounds: number): Promise<RedactionCost> {
  await using neighbours = await startWorker<{ collector: string }, unknown>({
    args: [new URL('apps/neighbours.mjs', import.meta.url).pathname],
  })
  const url = `${neighbours.ready.collector}/v1/traces`
  const redactor = createRedactor({ keys: [], patterns: [], allow: [] })
  const variants: Readonly<Record<string, OnEnd>> = {
    plain: span => span,
    again: span => span,
    redacted: span => redactSpan(span, redactor),
  }
  let onEnd: OnEnd = span => span
  const source = createSpanSource(span => onEnd(span))

  const measureCase = async (
    make: MakeRequestSpans,
    exporter: SpanExporter,
  ): Promise<Omit<RedactionCase, 'spans' | 'encoding'>> => {
    let request = 0
    const measure = async (): Promise<Micros> => {
      collectGarbage()
      const start = usedMicros()
      for (let made = 0; made < REQUESTS; made++) make(request++)
      const made = usedMicros()
      const spans = source.take()
      for (let at = 0; at < spans.length; at += BATCH) {
        await send(exporter, spans.slice(at, at + BATCH))
      }
      return { make: (made - start) / spans.length, send: (usedMicros() - made) / spans.length }
    }
    const seen: Record<string, Micros>[] = []
    for (let round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      const names = Object.keys(variants)
      const turn = round % names.length
      const micros: Record<string, Micros> = {}
      for (const name of [...names.slice(turn), ...names.slice(0, turn)]) {
        onEnd = variants[name] as OnEnd
        micros[name] = await measure()
      }
      if (round >= WARM_UP_ROUNDS) seen.push(micros)
    }
    const ratioOf = (variant: string): Spread =>
      spreadOf(
        seen.map(
          ({ plain = NOTHING, [variant]: { make: making, send: sending } = NOTHING }) =>
            (making - plain.make + sending) / plain.send,
        ),
      )
    return {
      exportMicros: spreadOf(seen.map(({ plain = NOTHING }) => plain.send)),
      ratio: ratioOf('redacted'),
      control: ratioOf('again'),
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

const NOTHING: Micros = { make: Number.NaN, send: Number.NaN }

function usedMicros(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

const send = (exporter: SpanExporter, spans: ReadableSpan[]): Promise<void> =>
  new Promise((resolve, reject) =>
    exporter.export(spans, ({ error }) => (error === undefined ? resolve() : reject(error))),
  )
