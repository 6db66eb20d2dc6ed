import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { createSpanStream, SPANS_PER_BODY } from './span-stream.ts'

/** What was sent. */
export interface Exported {
  readonly spans: number
  readonly seconds: number
}

/** Options of {@link exportSpans}. */
export interface ExportOptions {
  /** Address of the receiver, as `OTEL_EXPORTER_OTLP_ENDPOINT` takes it. */
  readonly url: string
  /** Most spans a second; as many as are taken when absent. */
  readonly spansPerSecond?: number
  /** Asked before each request. */
  readonly goOn: (spans: number) => boolean
}

/** Exporters that send at the same time: one would leave the receiver idle while it makes the next body. */
const EXPORTERS = 2

/** Sends spans, each request as soon as the one before is answered; rejects when one is not taken. */
export async function exportSpans({ url, spansPerSecond, goOn }: ExportOptions): Promise<Exported> {
  const agent = new Agent({ keepAlive: true, maxSockets: EXPORTERS })
  const from = performance.now()
  let spans = 0
  const exporter = async (): Promise<void> => {
    const stream = createSpanStream()
    while (goOn(spans)) {
      spans += SPANS_PER_BODY
      if (spansPerSecond !== undefined) {
        const early = (spans / spansPerSecond) * 1000 - (performance.now() - from)
        if (early > 0) await delay(early)
      }
      await post(`${url}/v1/traces`, stream.next(), agent)
    }
  }
  await Promise.all(Array.from({ length: EXPORTERS }, exporter))
  agent.destroy()
  return { spans, seconds: (performance.now() - from) / 1000 }
}

function post(url: string, body: Buffer, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.length }
    const sent = request(url, { method: 'POST', agent, headers }, response => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve()
        else reject(new Error(`${url} answered ${response.statusCode}`))
      })
    })
    sent.once('error', reject).end(body)
  })
}
