import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { Worker } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { expect, onTestFinished, test } from 'vitest'
import { startReceiver, type ReceiverOptions, type SpanRecord } from '../src/index.ts'
import { holder, requestWith } from './protobuf-writer.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const PROTOBUF_TYPE = { 'content-type': 'application/x-protobuf' }

const spanJson = (id: object = {}): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'web' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: '5B8EFFF798038103D269B633813FC60C',
                spanId: 'EEE19B7EC3C1B174',
                name: 'GET /x',
                kind: 2,
                startTimeUnixNano: '1544712660000000001',
                endTimeUnixNano: '1544712661000000000',
                attributes: [
                  { key: 'n', value: { intValue: 7 } },
                  { key: '__proto__', value: { intValue: '8' } },
                ],
                ...id,
              },
            ],
          },
        ],
      },
    ],
  })

async function start(options: ReceiverOptions = {}): Promise<{ url: string; spans: SpanRecord[] }> {
  const spans: SpanRecord[] = []
  const receiver = await startReceiver({
    onTraces: received => void spans.push(...received),
    ...options,
  })
  onTestFinished(() => receiver.stop())
  return { url: `${receiver.url}/v1/traces`, spans }
}

test('JSON is taken with hex ids in any case, integers as numbers or strings, and exact times', async () => {
  const { url, spans } = await start()
  const answer = await fetch(url, { method: 'POST', headers: JSON_TYPE, body: spanJson() })
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'application/json',
    '{}',
  ])
  expect(spans).toMatchObject([
    {
      traceId: '5b8efff798038103d269b633813fc60c',
      spanId: 'eee19b7ec3c1b174',
      service: 'web',
      kind: 'server',
      startUnixNano: 1544712660000000001n,
      durationMs: 999.999999,
    },
  ])
  expect(Object.entries(spans[0]?.attributes ?? {})).toEqual([
    ['n', 7],
    ['__proto__', 8],
  ])
})

test('a record with a bad id is left out and counted, the rest of the request is kept', async () => {
  const { url, spans } = await start()
  const answer = await fetch(url, {
    method: 'POST',
    headers: JSON_TYPE,
    body: spanJson({ spanId: '0'.repeat(16) }),
  })
  expect([answer.status, await answer.json()]).toEqual([
    200,
    {
      partialSuccess: {
        rejectedSpans: '1',
        errorMessage: `span id "${'0'.repeat(16)}" is not 8 bytes, or all zeros`,
      },
    },
  ])
  expect(spans).toEqual([])
})

test.for([
  ['GET', '/v1/traces', {}, undefined, 405],
  ['POST', '/v1/nothing', JSON_TYPE, '{}', 404],
  ['POST', '/v1/traces', { 'content-type': 'text/plain' }, 'x', 415],
  ['POST', '/v1/traces', { ...JSON_TYPE, 'content-encoding': 'br' }, 'x', 415],
  ['POST', '/v1/traces', JSON_TYPE, '{', 400],
  ['POST', '/v1/traces', JSON_TYPE, '{"resourceSpans":7}', 400],
  ['POST', '/v1/traces', PROTOBUF_TYPE, '\u000a\u00ff', 400],
  ['POST', '/v1/traces', { ...JSON_TYPE, 'content-encoding': 'gzip' }, 'not gzip', 400],
  ['POST', '/v1/traces', JSON_TYPE, JSON.stringify({ filler: 'x'.repeat(2000) }), 413],
  [
    'POST',
    '/v1/traces',
    { ...JSON_TYPE, 'content-encoding': 'gzip' },
    gzipSync(Buffer.alloc(50_000, 32)),
    413,
  ],
] as const)(
  '%s %s with %o is refused with its status and a message',
  async ([method, path, headers, body, status]) => {
    const { url } = await start({ maxBodyBytes: 1000, maxInflatedBytes: 10_000 })
    const answer = await fetch(new URL(path, url), {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    })
    expect(answer.status).toBe(status)
    if (headers !== PROTOBUF_TYPE)
      expect(await answer.json()).toMatchObject({ message: expect.stringMatching(/\w/) })
    else expect((await answer.bytes()).length).toBeGreaterThan(2)
  },
)

test('a body of unknown length is cut off at the limit', async () => {
  const { url } = await start({ maxBodyBytes: 1000 })
  const request = httpRequest(url, { method: 'POST', headers: JSON_TYPE })
  request.write('x'.repeat(900))
  request.write('x'.repeat(900))
  const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }]
  response.resume()
  expect(response.statusCode).toBe(413)
  request.destroy()
})

test.for(['known', 'unknown'])(
  'a body far over the limit is answered before its end, its length %s',
  async length => {
    const { url } = await start()
    const headers = length === 'known' ? { 'content-length': 2 ** 28 } : {}
    const request = httpRequest(url, { method: 'POST', headers: { ...JSON_TYPE, ...headers } })
    // The connection ends with the answer, while this side still sends.
    request.on('error', () => undefined)
    const answered = once(request, 'response') as Promise<[IncomingMessage]>
    for (let sent = 0; sent < 25; sent += 1) request.write(Buffer.alloc(2 ** 20))
    const [response] = await answered
    expect([response.statusCode, response.headers.connection]).toEqual([413, 'close'])
    request.destroy()
  },
)

test('a refusal reaches a client that is busy sending, in a thread or process of its own', async () => {
  const worker = new Worker(new URL('receiver-worker.ts', import.meta.url))
  onTestFinished(async () => void (await worker.terminate()))
  const [port] = (await once(worker, 'message')) as [number]
  const body = Buffer.alloc(21 * 2 ** 20)
  const answers: unknown[] = []
  for (const type of Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? 'json' : 'x'))) {
    const headers = { 'content-type': `application/${type}` }
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      path: '/v1/logs',
      method: 'POST',
      headers,
    })
    const answered = once(request, 'response') as Promise<[IncomingMessage]>
    request.end(body)
    // Rejects when the connection is reset before its answer is read.
    const [response] = await answered
    response.resume()
    answers.push(response.statusCode)
    await once(request, 'close')
  }
  expect(answers).toEqual(Array.from({ length: 5 }, () => [413, 415]).flat())
})

test('a client that sends on for long after its answer is cut off', async () => {
  const { url } = await start({ maxBodyBytes: 1000 })
  const request = httpRequest(url, {
    method: 'POST',
    headers: { ...JSON_TYPE, 'content-length': 2 ** 40 },
  })
  request.on('error', () => undefined)
  request.write('x')
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.resume()
  const sending = setInterval(() => request.write('x'), 100)
  await once(request.socket ?? request, 'close')
  clearInterval(sending)
  expect(response.statusCode).toBe(413)
})

test('large bodies that come at once are refused past a limit, and small ones are not held up', async () => {
  const { url, spans } = await start({ maxBodyBytes: 1000, maxPendingBytes: 2000 })
  const held = Array.from({ length: 2 }, () =>
    httpRequest(url, { method: 'POST', headers: { ...JSON_TYPE, 'content-length': 1000 } }),
  )
  for (const request of held) {
    request.on('error', () => undefined)
    await new Promise(resolve => request.write(' '.repeat(999), resolve))
  }
  const large = { method: 'POST', headers: JSON_TYPE, body: `{}${' '.repeat(900)}` }
  const small = { method: 'POST', headers: JSON_TYPE, body: spanJson() }
  const refused = await fetch(url, large)
  expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
    503,
    '1',
    { code: 14, message: 'too many large bodies come at once; send this one again' },
  ])
  expect([(await fetch(url, small)).status, spans.length]).toEqual([200, 1])
  for (const request of held) request.destroy()
  await expect.poll(async () => (await fetch(url, large)).status).toBe(200)
})

test('a client that goes away while it sends leaves the receiver as it was', async () => {
  const { url, spans } = await start()
  for (const encoding of ['identity', 'gzip']) {
    const headers = { ...JSON_TYPE, 'content-encoding': encoding, 'content-length': 1000 }
    const request = httpRequest(url, { method: 'POST', headers })
    request.on('error', () => undefined)
    await new Promise(resolve => request.write('{', resolve))
    request.destroy()
    await new Promise(resolve => request.once('close', resolve))
  }
  const answer = await fetch(url, { method: 'POST', headers: JSON_TYPE, body: spanJson() })
  expect([answer.status, spans.length]).toEqual([200, 1])
})

test('every mixture of method, path, type and compression gets the first refusal that applies', async () => {
  const { url } = await start()
  const answers: string[] = []
  const wanted: string[] = []
  for (const method of ['POST', 'GET', 'PUT', 'OPTIONS']) {
    for (const path of [
      '/v1/traces',
      '/v1/logs?a=b',
      '/v1/metrics',
      '/v1/metrics/',
      '/constructor',
    ]) {
      for (const type of [
        'application/json',
        'application/x-protobuf; v=1',
        'Application/JSON',
        'text/json',
        '',
      ]) {
        for (const encoding of ['gzip', ' GZIP', 'identity', 'deflate', 'gzip, gzip']) {
          const headers = { 'content-type': type, 'content-encoding': encoding }
          const answer = await fetch(new URL(path, url), { method, headers })
          const sent = `${method} ${path} ${type} ${encoding}`
          answers.push(`${sent}: ${answer.status}`)
          const known = /^\/v1\/(traces|logs|metrics)($|\?)/.test(path)
          const isType = /^application\/(json|x-protobuf)\b/i.test(type)
          const isEncoding = /^ ?(gzip|identity)$/i.test(encoding)
          // Nothing is a sound message in protobuf, but neither JSON nor gzip.
          const isSound = encoding === 'identity' && type.includes('protobuf')
          const status = !known
            ? 404
            : method !== 'POST'
              ? 405
              : isType && isEncoding
                ? isSound
                  ? 200
                  : 400
                : 415
          wanted.push(`${sent}: ${status}`)
        }
      }
    }
  }
  expect(answers).toEqual(wanted)
})

test('exporters understand what was rejected, and why a request was refused', async () => {
  const { url } = await start()
  const bad = spanJson({ spanId: 'ab' })
  const json = await fetch(url, { method: 'POST', headers: JSON_TYPE, body: bad })
  const partial = {
    partialSuccess: {
      rejectedSpans: '1',
      errorMessage: 'span id "ab" is not 8 bytes, or all zeros',
    },
  }
  expect(JsonTraceSerializer.deserializeResponse(await json.bytes())).toEqual(partial)
  const record = Buffer.concat([holder(1, Buffer.alloc(16, 1)), holder(2, Buffer.from([0xab]))])
  const protobuf = await fetch(url, {
    method: 'POST',
    headers: PROTOBUF_TYPE,
    body: requestWith(...Array.from({ length: 300 }, () => record)),
  })
  expect(ProtobufTraceSerializer.deserializeResponse(await protobuf.bytes())).toEqual({
    partialSuccess: { ...partial.partialSuccess, rejectedSpans: 300 },
  })
})

test.for([new Error('store is broken'), undefined, 'words'])(
  'a listener that throws %o answers 500, and the receiver goes on',
  async thrown => {
    let calls = 0
    const { url } = await start({
      onTraces: () => {
        calls += 1
        // eslint-disable-next-line typescript/only-throw-error -- what a stranger's listener may do
        throw thrown
      },
    })
    for (const _ of [1, 2]) {
      const answer = await fetch(url, { method: 'POST', headers: JSON_TYPE, body: spanJson() })
      expect(answer.status).toBe(500)
    }
    expect(calls).toBe(2)
  },
)
