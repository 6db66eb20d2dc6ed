import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { LogRecord } from '@throughline/otlp'
import type { Imported, TraceView } from '../../src/api/trace.ts'
import { makeSpan } from '../../../trace/test/make-span.ts'
import { bodyOf, JSON_TYPE, served } from './otlp-body.ts'
import { ask, readJson, share, start, type Asked } from './running-viewer.ts'

const TRACE = 'a'.repeat(32)
const root = served({ durationMs: 90, status: 'error', statusMessage: 'it broke' })
const child = makeSpan({
  parentSpanId: root.spanId,
  traceState: 'a=b',
  resource: { attributes: { 'service.name': 'api' } },
  service: 'api',
  scope: { name: 'pg', version: '8' },
  attributes: {
    text: 'a',
    whole: 7,
    part: 0.5,
    large: 1e300,
    none: null,
    yes: true,
    list: [1, 'b', [2]],
    map: { a: { b: 1 } },
    ['__proto__']: 'x',
  },
  events: [{ name: 'exception', timeUnixNano: 7n, attributes: { 'exception.type': 'E' } }],
  links: [
    { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceState: '', attributes: { n: 1 } },
  ],
  droppedAttributesCount: 1,
  droppedEventsCount: 2,
  droppedLinksCount: 3,
})
const log: LogRecord = {
  timeUnixNano: root.startUnixNano + 1n,
  observedTimeUnixNano: 5n,
  severityNumber: 17,
  severityText: 'ERROR',
  body: { message: 'it broke', code: 7 },
  attributes: { a: 1 },
  eventName: 'broken',
  traceId: TRACE,
  spanId: root.spanId,
  resource: root.resource,
  scope: root.scope,
  service: 'web',
}

const post = (body: string | Uint8Array, headers: Asked['headers'] = {}): Asked => ({
  method: 'POST',
  headers: { ...JSON_TYPE, ...headers },
  body,
})

test('a trace that is exported from one viewer and imported into another is the same there', async () => {
  const [from, to] = [await start(), await start()]
  const sent = await ask(from, '/api/import', post(bodyOf([root, child], [log])))
  expect(JSON.parse(sent.text)).toEqual({
    traceIds: [TRACE],
    spans: 2,
    logs: 1,
    rejected: 0,
    reason: '',
  } satisfies Imported)
  const file = await ask(from, `/api/traces/${TRACE}/otlp`)
  expect(file.headers['content-disposition']).toBe(`attachment; filename="trace-${TRACE}.json"`)
  expect((await ask(to, '/api/import', post(file.text))).status).toBe(200)

  for (const path of ['', `/spans/${root.spanId}`, `/spans/${child.spanId}`, '/otlp']) {
    const [before, after] = [
      await readJson(from, `/api/traces/${TRACE}${path}`),
      await readJson(to, `/api/traces/${TRACE}${path}`),
    ]
    expect(after).toEqual(before)
  }
  const trace = await readJson<TraceView>(to, `/api/traces/${TRACE}`)
  expect(trace.spans.map(({ spanId }) => spanId)).toEqual([root.spanId, child.spanId])
  expect(trace.logs).toMatchObject([{ body: '{"message":"it broke","code":7}', span: 0 }])
})

test('a file that holds spans only, gzipped or not, is taken', async () => {
  const viewer = await start()
  const { resourceSpans } = JSON.parse(bodyOf([root])) as { resourceSpans: object[] }
  const plain = JSON.stringify({ resourceSpans })
  for (const asked of [post(plain), post(gzipSync(plain), { 'content-encoding': 'gzip' })]) {
    const { status, text } = await ask(viewer, '/api/import', asked)
    expect([status, JSON.parse(text)]).toMatchObject([200, { spans: 1, logs: 0 }])
  }
})

test('records that cannot be kept are counted, and the first reason is given', async () => {
  const viewer = await start()
  const broken = bodyOf([root, { ...child, spanId: 'nonsense' }, { ...child, spanId: '' }], [log])
  const { text } = await ask(viewer, '/api/import', post(broken))
  expect(JSON.parse(text)).toEqual({
    traceIds: [TRACE],
    spans: 1,
    logs: 1,
    rejected: 2,
    reason: 'span id "nonsense" is not 8 bytes, or all zeros',
  } satisfies Imported)
})

const shared = share()
const LARGE = Buffer.alloc(65 * 1024 * 1024, 0x20)

test.for([
  ['no JSON', post('{'), 400, /not JSON/],
  ['a list', post('[]'), 400, /not an object/],
  ['nothing', post(''), 400, /not JSON/],
  ['neither spans nor logs', post('{}'), 400, /neither spans nor logs/],
  ['another kind of file', post('{"data":[{"traceID":"1"}]}'), 400, /neither spans nor logs/],
  ['fields of other types', post('{"resourceSpans":7}'), 400, /resourceSpans is not a list/],
  [
    'wrong logs beside spans',
    post(`${bodyOf([root]).slice(0, -2)}{"scopeLogs":7}]}`),
    400,
    /scopeLogs/,
  ],
  ['another type', post('{}', { 'content-type': 'text/plain' }), 415, /application\/json/],
  ['brotli', post('{}', { 'content-encoding': 'br' }), 415, /"br"/],
  ['what is no gzip', post('{}', { 'content-encoding': 'gzip' }), 400, /not gzip/],
  [
    'cut gzip',
    post(gzipSync('{}').subarray(0, -4), { 'content-encoding': 'gzip' }),
    400,
    /not gzip/,
  ],
  ['64 MiB and more', post(LARGE), 413, /67108864 bytes/],
  ['a bomb', post(gzipSync(LARGE), { 'content-encoding': 'gzip' }), 413, /67108864 bytes/],
] as const)('%s: is refused, and nothing of it is kept', async ([, asked, status, words]) => {
  const answer = await ask(shared(), '/api/import', asked)
  expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
    status,
    { error: expect.stringMatching(words), fix: expect.stringMatching(/\w/) },
  ])
  expect(await readJson(shared(), '/api/traces')).toMatchObject({ total: 0 })
})
