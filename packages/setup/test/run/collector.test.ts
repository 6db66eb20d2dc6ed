import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { startReceiver, type SpanRecord } from '@throughline/otlp'
import { expect, onTestFinished, test } from 'vitest'
import { examineCollector } from '../../src/doctor/live/collector.ts'
import type { Finding } from '../../src/doctor/finding.ts'
import type { Setting } from '../../src/doctor/settings.ts'
import { makeApp } from './make-app.ts'

const set = (name: string, value: string): Setting => ({ name, value, at: '.env:1' })
const endpoint = (url: string): Setting => set('OTEL_EXPORTER_OTLP_ENDPOINT', url)

const examine = (...settings: readonly Setting[]): Promise<readonly Finding[]> =>
  examineCollector(makeApp(), settings)

/** Listens until the test ends; gives the address. */
async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const serve = (listener: RequestListener): Promise<string> => listen(createHttpServer(listener))

test('a collector that takes the span is right, and gets one that says whose it is', async () => {
  const spans: SpanRecord[] = []
  await using receiver = await startReceiver({ onTraces: received => void spans.push(...received) })
  expect(await examine(endpoint(receiver.url))).toEqual([])
  expect(spans).toMatchObject([{ name: 'throughline doctor', service: 'throughline-doctor' }])
})

test('an address of traces is taken as it stands', async () => {
  await using receiver = await startReceiver()
  const traces = set('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', `${receiver.url}/v1/traces`)
  expect(await examine(endpoint('http://127.0.0.1:1'), traces)).toEqual([])
})

test('the headers that are set are sent, decoded', async () => {
  const seen: unknown[] = []
  const url = await serve((request, response) => {
    seen.push(request.headers.authorization)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  const headers = set('OTEL_EXPORTER_OTLP_HEADERS', 'authorization=Bearer%20abc,x-scope=7')
  expect(await examine(endpoint(url), headers)).toEqual([])
  expect(seen).toContain('Bearer abc')
})

test('a port that nobody listens at is said, with what sets it', async () => {
  const server = createServer()
  const url = await listen(server)
  server.close()
  await once(server, 'close')
  expect(await examine(endpoint(url))).toMatchObject([
    {
      code: 'COLLECTOR_REFUSED',
      level: 'error',
      service: 'orders',
      at: '.env:1',
      what: `nobody listens at ${new URL(url).host}, where spans are sent to`,
      fix: 'start the collector, or mend OTEL_EXPORTER_OTLP_ENDPOINT',
    },
  ])
})

test('a doubled path is said, with what to take out', async () => {
  await using receiver = await startReceiver()
  expect(await examine(endpoint(`${receiver.url}/v1/traces`))).toMatchObject([
    {
      code: 'COLLECTOR_PATH',
      what: expect.stringContaining(`${receiver.url}/v1/traces/v1/traces answers 404`),
      fix: 'take /v1/traces out of OTEL_EXPORTER_OTLP_ENDPOINT: it is put behind it',
    },
  ])
})

test.for([
  { what: 'no key', headers: [], fix: 'set OTEL_EXPORTER_OTLP_HEADERS' },
  {
    what: 'a wrong key',
    headers: [set('OTEL_EXPORTER_OTLP_HEADERS', 'authorization=Basic%20x')],
    fix: 'mend OTEL_EXPORTER_OTLP_HEADERS',
  },
])('a collector that wants to see a key is said, with $what', async ({ headers, fix }) => {
  const url = await serve((_, response) => response.writeHead(401).end('who are you?'))
  expect(await examine(endpoint(url), ...headers)).toMatchObject([
    {
      code: 'COLLECTOR_UNAUTHORIZED',
      what: `${url}/v1/traces answers 401: who are you?`,
      fix: expect.stringContaining(fix),
    },
  ])
})

test('a port of gRPC is told from one of HTTP by what it says', async () => {
  // The settings that a server of HTTP/2 begins with.
  const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])
  const url = await listen(createServer(socket => void socket.on('error', () => 0).end(settings)))
  expect(await examine(endpoint(url))).toMatchObject([
    {
      code: 'COLLECTOR_NOT_HTTP',
      fix: 'name the port for OTLP over HTTP, usually 4318: OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318',
    },
  ])
})

test('a collector that takes protobuf alone is right, since that is what is sent', async () => {
  const types: unknown[] = []
  const url = await serve((request, response) => {
    const type = request.headers['content-type']
    types.push(type)
    response
      .writeHead(type === 'application/x-protobuf' ? 200 : 415, {
        'content-type': 'application/x-protobuf',
      })
      .end()
  })
  expect(await examine(endpoint(url))).toEqual([])
  expect(types).toContain('application/x-protobuf')
})

test.for([
  { status: 415, type: 'text/plain', text: '', code: 'COLLECTOR_NOT_OTLP', level: 'error' },
  { status: 200, type: 'text/html', text: '<html>', code: 'COLLECTOR_NOT_OTLP', level: 'error' },
  { status: 500, type: 'text/plain', text: 'no', code: 'COLLECTOR_REFUSES', level: 'error' },
  { status: 302, type: 'text/plain', text: '', code: 'COLLECTOR_REFUSES', level: 'error' },
  { status: 429, type: 'text/plain', text: '', code: 'COLLECTOR_BUSY', level: 'warning' },
  {
    status: 200,
    type: 'application/json',
    text: '{"partialSuccess":{"rejectedSpans":"1","errorMessage":"too old"}}',
    code: 'COLLECTOR_REFUSES',
    level: 'error',
  },
])('an answer of $status with "$text" is $code', async ({ status, type, text, code, level }) => {
  const url = await serve((_, response) =>
    response.writeHead(status, { 'content-type': type }).end(text),
  )
  expect(await examine(endpoint(url))).toMatchObject([{ code, level, why: expect.any(String) }])
})

test('a name that has no address is said', async () => {
  expect(await examine(endpoint('http://collector.invalid:4318'))).toMatchObject([
    { code: 'COLLECTOR_UNKNOWN', what: expect.stringContaining('collector.invalid') },
  ])
})

test('a server without TLS is said where the address is https', async () => {
  const url = await serve((_, response) => response.end())
  expect(await examine(endpoint(url.replace('http:', 'https:')))).toMatchObject([
    { code: 'COLLECTOR_TLS' },
  ])
})
