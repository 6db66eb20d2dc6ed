import { randomFillSync } from 'node:crypto'
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { createSpanSource } from '../sample-spans.ts'

/** Spans that our sample request makes. */
const SPANS_PER_REQUEST = 4

/** Spans of an export request: the batch that SDKs send by default. */
export const SPANS_PER_BODY = 512

/** How many different bodies are sent in turn. */
const BODIES = 16

/** Tags of `start_time_unix_nano`, `end_time_unix_nano` and the time of an event, each followed by eight bytes. */
const TIME_TAGS: readonly number[] = [0x39, 0x41, 0x09]
/** Bytes of a trace id. */
const LONGEST_ID = 16
const HOUR_NS = 3_600_000_000_000n

/** Export requests without end, in protobuf: real ones, with new ids and the time of now. */
export interface SpanStream {
  /** The next one. What it gives is written over when it comes by again, sixteen later. */
  next(): Buffer
}

interface Template {
  readonly body: Buffer
  /** Where each id stands, by id: the same id has to become the same new one. */
  readonly ids: readonly (readonly number[])[]
  readonly idLengths: readonly number[]
  readonly times: readonly { readonly offset: number; readonly ns: bigint }[]
  readonly madeAtNs: bigint
}

/** Makes a stream of the sample spans of the benchmark: a request with a query and a call. */
export function createSpanStream(): SpanStream {
  const templates = Array.from({ length: BODIES }, (_, index) => makeTemplate(index))
  let sent = 0
  return {
    next() {
      const template = templates[sent % BODIES] as Template
      sent += 1
      return renew(template)
    },
  }
}

function makeTemplate(index: number): Template {
  const source = createSpanSource(span => span)
  const requests = SPANS_PER_BODY / SPANS_PER_REQUEST
  for (let request = 0; request < requests; request += 1)
    source.ordinary(index * requests + request)
  const spans = source.take()
  const body = Buffer.from(ProtobufTraceSerializer.serializeRequest(spans) ?? [])
  const ids = new Set(
    spans.flatMap(span => [span.spanContext().traceId, span.spanContext().spanId]),
  )
  const madeAtNs = BigInt(Date.now()) * 1_000_000n
  return {
    body,
    ids: [...ids].map(id => findAll(body, Buffer.from(id, 'hex'))),
    idLengths: [...ids].map(id => id.length / 2),
    times: findTimes(body, madeAtNs),
    madeAtNs,
  }
}

function findAll(body: Buffer, bytes: Buffer): number[] {
  const found: number[] = []
  for (let at = body.indexOf(bytes); at !== -1; at = body.indexOf(bytes, at + 1)) found.push(at)
  return found
}

function findTimes(body: Buffer, nowNs: bigint): Template['times'] {
  const times: { offset: number; ns: bigint }[] = []
  for (let at = 0; at + 9 <= body.length; at += 1) {
    if (!TIME_TAGS.includes(body[at] as number)) continue
    const ns = body.readBigUInt64LE(at + 1)
    if (ns > nowNs - HOUR_NS && ns < nowNs + HOUR_NS) times.push({ offset: at + 1, ns })
  }
  return times
}

function renew({ body, ids, idLengths, times, madeAtNs }: Template): Buffer {
  const passedNs = BigInt(Date.now()) * 1_000_000n - madeAtNs
  for (const { offset, ns } of times) body.writeBigUInt64LE(ns + passedNs, offset)
  const fresh = randomFillSync(Buffer.allocUnsafe(ids.length * LONGEST_ID))
  for (const [index, places] of ids.entries()) {
    const start = index * LONGEST_ID
    for (const place of places) fresh.copy(body, place, start, start + (idLengths[index] ?? 0))
  }
  return body
}
