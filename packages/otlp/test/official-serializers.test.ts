import { gzipSync } from 'node:zlib'
import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startReceiver, type LogRecord, type MetricPoint, type SpanRecord } from '../src/index.ts'
import { createRandom } from './random.ts'
import { randomLogs, randomMetrics, randomSpans } from './telemetry.ts'

interface Serializer<Sent> {
  serializeRequest(sent: Sent): Uint8Array | undefined
}

interface Arrived {
  readonly traces: SpanRecord[]
  readonly logs: LogRecord[]
  readonly metrics: MetricPoint[]
}

/** Posts to a receiver of its own, and gives what it handed on. */
async function send(
  path: string,
  body: Uint8Array,
  headers: Record<string, string>,
): Promise<Arrived> {
  const arrived: Arrived = { traces: [], logs: [], metrics: [] }
  const receiver = await startReceiver({
    onTraces: spans => void arrived.traces.push(...spans),
    onLogs: logs => void arrived.logs.push(...logs),
    onMetrics: points => void arrived.metrics.push(...points),
  })
  onTestFinished(() => receiver.stop())
  const answer = await fetch(`${receiver.url}/v1/${path}`, { method: 'POST', headers, body })
  expect([answer.status, await answer.text()]).toEqual([
    200,
    headers['content-type'] === 'application/json' ? '{}' : '',
  ])
  return arrived
}

/** The four ways in which exporters send one request. */
async function sendEveryWay<Sent>(
  signal: keyof Arrived,
  sent: Sent,
  protobuf: Serializer<Sent>,
  json: Serializer<Sent>,
): Promise<Arrived[]> {
  const answers: Arrived[] = []
  for (const [type, serializer] of [
    ['application/x-protobuf', protobuf],
    ['application/json', json],
  ] as const) {
    const body = serializer.serializeRequest(sent) as Uint8Array
    const headers = { 'content-type': type }
    answers.push(await send(signal, body, headers))
    answers.push(await send(signal, gzipSync(body), { ...headers, 'content-encoding': 'gzip' }))
  }
  return answers
}

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed)

describe.each(SEEDS)(
  'what the SDK serializes arrives whole, by either encoding, gzipped or not (seed %i)',
  seed => {
    test('spans', async () => {
      const { sent, expected } = randomSpans(createRandom(seed))
      const answers = await sendEveryWay(
        'traces',
        sent,
        ProtobufTraceSerializer,
        JsonTraceSerializer,
      )
      for (const { traces } of answers) expect(traces).toEqual(expected)
    })

    test('logs', async () => {
      const { sent, expected } = randomLogs(createRandom(seed))
      const answers = await sendEveryWay('logs', sent, ProtobufLogsSerializer, JsonLogsSerializer)
      for (const { logs } of answers) expect(logs).toEqual(expected)
    })

    test('metrics', async () => {
      const { sent, expected } = randomMetrics(createRandom(seed))
      const answers = await sendEveryWay(
        'metrics',
        sent,
        ProtobufMetricsSerializer,
        JsonMetricsSerializer,
      )
      for (const { metrics } of answers) expect(metrics).toEqual(expected)
    })
  },
)
