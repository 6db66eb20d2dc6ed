import { gzipSync } from 'node:zlib'
import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer'
import { expect, onTestFinished, test } from 'vitest'
import { isSpanId, isTraceId, startReceiver, type Signal, type SpanRecord } from '../src/index.ts'
import { mutate, mutateJson } from './mutation.ts'
import { sendPipelined, type RawRequest } from './pipeline.ts'
import { createRandom, type Random } from './random.ts'
import { randomLogs, randomMetrics, randomSpans } from './telemetry.ts'

type Encoding = 'x-protobuf' | 'json'

/** A sound request of each signal in each encoding. */
function soundBodies(random: Random): Record<Signal, Record<Encoding, Uint8Array | undefined>> {
  const spans = randomSpans(random, 2).sent
  const logs = randomLogs(random, 2).sent
  const metrics = randomMetrics(random, 3).sent
  return {
    traces: {
      'x-protobuf': ProtobufTraceSerializer.serializeRequest(spans),
      json: JsonTraceSerializer.serializeRequest(spans),
    },
    logs: {
      'x-protobuf': ProtobufLogsSerializer.serializeRequest(logs),
      json: JsonLogsSerializer.serializeRequest(logs),
    },
    metrics: {
      'x-protobuf': ProtobufMetricsSerializer.serializeRequest(metrics),
      json: JsonMetricsSerializer.serializeRequest(metrics),
    },
  }
}

function requestOf(signal: Signal, encoding: Encoding, body: Buffer, isGzip: boolean): RawRequest {
  const type = { 'content-type': `application/${encoding}` }
  const headers = isGzip ? { ...type, 'content-encoding': 'gzip' } : type
  return { path: `/v1/${signal}`, headers, body }
}

/** A batch of faulty requests: some broken in their bytes, some in what the bytes say, some after compression. */
function faultyRequests(random: Random, count: number): RawRequest[] {
  const sound = soundBodies(random)
  return Array.from({ length: count }, () => {
    const signal = random.pick(['traces', 'logs', 'metrics'] as const)
    const encoding = random.pick(['x-protobuf', 'json'] as const)
    const body = Buffer.from(sound[signal][encoding] ?? [])
    const faulty =
      encoding === 'json' && random.chance(0.5) ? mutateJson(random, body) : mutate(random, body)
    switch (random.below(10)) {
      case 0:
        return requestOf(signal, encoding, gzipSync(faulty, { level: 1 }), true)
      case 1:
        return requestOf(signal, encoding, mutate(random, gzipSync(body, { level: 1 })), true)
      default:
        return requestOf(signal, encoding, faulty, false)
    }
  })
}

function isSound(span: SpanRecord): boolean {
  return (
    isTraceId(span.traceId) &&
    isSpanId(span.spanId) &&
    (span.parentSpanId === undefined || isSpanId(span.parentSpanId)) &&
    span.durationMs >= 0 &&
    Number.isFinite(span.startMs) &&
    [
      span.flags,
      span.droppedAttributesCount,
      span.droppedEventsCount,
      span.droppedLinksCount,
    ].every(count => count === count >>> 0) &&
    span.name.isWellFormed()
  )
}

const BATCHES = 100
const BATCH_SIZE = 200

test(`${BATCHES * BATCH_SIZE} faulty requests are each answered with 200 or 400, and leave sound records`, async () => {
  const statuses = new Map<number, number>()
  let unsound = 0
  let spans = 0
  const receiver = await startReceiver({
    onTraces(received) {
      spans += received.length
      unsound += received.filter(span => !isSound(span)).length
    },
  })
  onTestFinished(() => receiver.stop())
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const requests = faultyRequests(createRandom(batch), BATCH_SIZE)
    for (const [index, { status, body }] of (
      await sendPipelined(receiver.port, requests)
    ).entries()) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (status === 400) expect(body.length, `batch ${batch}, request ${index}`).toBeGreaterThan(4)
      if (status !== 200 && status !== 400) {
        expect.fail(`batch ${batch}, request ${index}: ${status} ${body.toString('utf8')}`)
      }
    }
  }
  expect(unsound).toBe(0)
  // Faults that all end in the same answer would test little.
  expect(spans).toBeGreaterThan(1000)
  expect(statuses.get(200)).toBeGreaterThan(3000)
  expect(statuses.get(400)).toBeGreaterThan(3000)
})
