import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace'
import {
  startMisbehavingCollector,
  type Behaviour,
  type MisbehavingCollector,
} from '@throughline/checks/misbehaving-collector'
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import type { Delivery } from '../src/delivery/delivery.ts'
import type { Protocol } from '../src/environment.ts'
import { createOtlpSender } from '../src/delivery/span-exporter.ts'

let collector: MisbehavingCollector
beforeAll(async () => void (collector = await startMisbehavingCollector()))
afterAll(() => collector[Symbol.asyncDispose]())
afterEach(() => void vi.unstubAllEnvs())

const TIMEOUT_MS = 300

function makeSpans(count: number): ReadableSpan[] {
  const spans: ReadableSpan[] = []
  const keep = {
    onStart: () => undefined,
    onEnd: (span: ReadableSpan) => void spans.push(span),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  }
  const tracer = new TracerProvider({ spanProcessors: [keep] }).getTracer('test')
  for (let made = 0; made < count; made += 1) tracer.startSpan(`span ${made}`).end()
  return spans
}

/** Sends three spans once. */
async function send(
  url = `${collector.url}/v1/traces`,
  protocol: Protocol = 'http/protobuf',
): Promise<Delivery> {
  vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', String(TIMEOUT_MS))
  return createOtlpSender(url, protocol).send(makeSpans(3))
}

/** Starts a server with an answer of its own; gives where it takes traces. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`
}

const taken = (rejected = 0, remark?: string): Delivery => ({ outcome: 'taken', rejected, remark })
const failed = (reason: string, detail: unknown, retryAfterMs?: number): object => ({
  outcome: 'failed',
  reason,
  detail,
  retryAfterMs,
})

test.for<[Behaviour, object]>([
  ['healthy', taken()],
  ['refuses', failed('refused', expect.stringContaining('ECONNREFUSED'))],
  ['never answers', failed('timeout', 'no answer in time')],
  ['never reads', failed('timeout', 'no answer in time')],
  ['slow', failed('timeout', 'no answer in time')],
  ['too large', { outcome: 'refused', reason: 'rejected', detail: '413 Payload Too Large' }],
  ['throttles', failed('throttled', '429 Too Many Requests', 1_000)],
  ['unavailable', failed('throttled', '503 Service Unavailable')],
  ['garbage', taken()],
  ['no http', failed('failed', expect.stringContaining('Parse Error'))],
  ['hangs up', failed('failed', 'socket hang up')],
  ['cuts off', taken()],
  ['partial', taken(1)],
])('a collector that is or does "%s" makes of a batch: %o', async ([behaviour, expected]) => {
  await collector.behave(behaviour)
  const from = performance.now()
  expect(await send()).toEqual(expected)
  expect(performance.now() - from).toBeLessThan(TIMEOUT_MS + 2_000)
})

test('in JSON a partial success is read with what the collector says of it', async () => {
  await collector.behave('partial')
  expect(await send(undefined, 'http/json')).toEqual(taken(1, 'one is bad'))
})

test.for([
  ['{"partialSuccess":{"rejectedSpans":"2"}}', taken(2)],
  ['{"partialSuccess":{"rejectedSpans":99}}', taken(3)],
  ['{"partialSuccess":{"rejectedSpans":-7}}', taken(0)],
  ['{"partialSuccess":{"rejectedSpans":"many"}}', taken(0)],
  ['{"partialSuccess":null}', taken()],
  ['null', taken()],
  ['{"partialSuccess":{"errorMessage":"two\\nlines\\u001b[31m"}}', taken(0, 'two lines [31m')],
  [`{"partialSuccess":{"errorMessage":"${'x'.repeat(500)}"}}`, taken(0, 'x'.repeat(200))],
] as const)('an answer of 200 with %s makes: %o', async ([body, expected]) => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)
  })
  expect(await send(url, 'http/json')).toEqual(expected)
})

test('what answers 200 with a page is remarked on: it may be no collector', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>Welcome</p>')
  })
  const remark = 'it answers in text/html; charset=utf-8, which is not OTLP'
  expect(await send(url)).toEqual(taken(0, remark))
})

test('an answer that never ends takes no longer than one that never comes', async () => {
  const url = await serve((_, response) => {
    const drip = setInterval(() => response.write('x'), 50)
    response.on('close', () => clearInterval(drip))
  })
  const from = performance.now()
  expect(await send(url)).toEqual(taken())
  expect(performance.now() - from).toBeLessThan(TIMEOUT_MS + 2_000)
})

test('an endless answer is cut', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-protobuf' })
    const pour = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      if (!response.destroyed) response.once('drain', pour)
    }
    pour()
  })
  vi.stubEnv('OTEL_EXPORTER_OTLP_TRACES_TIMEOUT', '60000')
  expect(await send(url)).toEqual(taken())
})

test('both addresses of a name are told when no one listens at either', async () => {
  await collector.behave('refuses')
  const { port } = new URL(collector.url)
  const delivery = await send(`http://localhost:${port}/v1/traces`)
  expect(delivery).toEqual(failed('refused', expect.stringContaining(`127.0.0.1:${port}`)))
})

test('a name that nobody knows and a port without TLS are failures with their reason', async () => {
  const unknown = await send('http://collector.invalid:4318/v1/traces')
  expect(unknown).toEqual(failed('failed', expect.stringMatching(/ENOTFOUND|EAI_AGAIN/)))
  await collector.behave('healthy')
  const plain = await send(`${collector.url.replace('http:', 'https:')}/v1/traces`)
  expect(plain).toEqual(failed('failed', expect.stringContaining('SSL')))
})

test('headers that cannot be sent are a failure, and are not told', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-key=s3cret%0A')
  await collector.behave('healthy')
  const delivery = await send()
  expect(delivery).toEqual(failed('failed', expect.stringContaining('x-key')))
  expect(JSON.stringify(delivery)).not.toContain('s3cret')
})

test('gzip is what it says', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_COMPRESSION', 'gzip')
  const seen: (string | undefined)[] = []
  const url = await serve((request, response) => {
    seen.push(request.headers['content-encoding'], request.headers['content-type'])
    request.resume().on('end', () => response.end())
  })
  expect(await send(url)).toEqual(taken())
  expect(seen).toEqual(['gzip', 'application/x-protobuf'])
})

test('once attempts are limited, that under way ends, and so does each that follows', async () => {
  await collector.behave('never answers')
  vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '60000')
  const sender = createOtlpSender(`${collector.url}/v1/traces`, 'http/protobuf')
  const underWay = sender.send(makeSpans(1))
  sender.limitAttempts(100)
  expect(await underWay).toMatchObject({ reason: 'timeout' })
  expect(await sender.send(makeSpans(1))).toMatchObject({ reason: 'timeout' })
})
