import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { Place } from '../src/traces/ask.ts'
import type { TraceSource } from '../src/traces/found-trace.ts'
import { createJaegerSource } from '../src/traces/jaeger-source.ts'
import { createTempoSource } from '../src/traces/tempo-source.ts'
import { createViewerSource } from '../src/traces/viewer-source.ts'
import { type CannedAnswer, startAnsweringServer } from './answering-server.ts'
import { PAYLOADS, TRACE_ID } from './trace-payloads.ts'

const place = (url: URL, given: Partial<Place> = {}): Place => ({
  what: 'Tempo',
  url,
  token: undefined,
  start: 'start Tempo',
  timeoutMs: 5000,
  ...given,
})

/** What a promise is rejected with, as it is printed. */
async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: { readonly message: string; readonly fix: string }) => thrown,
  )
  return `${error?.message}\n${error?.fix}`
}

const PAGE = '<!doctype html><title>Grafana</title>'
const found = (format: keyof typeof PAYLOADS): CannedAnswer => ({ body: PAYLOADS[format] })

const WAYS: readonly (readonly [
  name: string,
  create: (place: Place) => TraceSource,
  answers: Readonly<Record<string, CannedAnswer>>,
  asked: readonly string[],
])[] = [
  [
    'Tempo',
    createTempoSource,
    { '/api/v2/traces/ID': found('Tempo, API v2') },
    ['/api/v2/traces/ID'],
  ],
  [
    'an older Tempo',
    createTempoSource,
    { '/api/traces/ID': found('Tempo, older API') },
    ['/api/v2/traces/ID', '/api/traces/ID'],
  ],
  [
    'Jaeger',
    createJaegerSource,
    { '/api/v3/traces/ID': found('Jaeger, API v3') },
    ['/api/v3/traces/ID'],
  ],
  // It answers with its page at any path that it does not know.
  [
    'an older Jaeger',
    createJaegerSource,
    { '/api/v3/traces/ID': { body: PAGE }, '/api/traces/ID': found('Jaeger, its page') },
    ['/api/v3/traces/ID', '/api/traces/ID'],
  ],
  [
    'the viewer',
    createViewerSource,
    { '/api/traces/ID/otlp': found('OTLP/JSON with logs') },
    ['/api/traces/ID/otlp', '/api/traces/ID'],
  ],
]

test.for(WAYS)('a trace of %s is found', async ([, create, answers, paths]) => {
  const withId = (path: string): string => path.replace('ID', TRACE_ID)
  const { url, asked } = await startAnsweringServer(
    Object.fromEntries(Object.entries(answers).map(([path, answer]) => [withId(path), answer])),
  )
  const trace = await create(place(url)).find(TRACE_ID)
  expect(trace?.spans.map(({ name }) => name)).toEqual(['POST /api/billing/plan', 'POST'])
  expect(asked.map(({ path }) => path)).toEqual(paths.map(withId))
})

test.for([createTempoSource, createJaegerSource, createViewerSource])(
  'a trace that is nowhere is not found',
  async create => {
    const { url } = await startAnsweringServer({})
    expect(await create(place(url)).find(TRACE_ID)).toBeUndefined()
  },
)

test('Tempo answers with an empty trace where it has none', async () => {
  const { url } = await startAnsweringServer({
    [`/api/v2/traces/${TRACE_ID}`]: { body: { trace: {}, metrics: {} } },
  })
  expect(await createTempoSource(place(url)).find(TRACE_ID)).toBeUndefined()
})

test('that Tempo gives a part only is passed on', async () => {
  const body = {
    ...PAYLOADS['Tempo, API v2'],
    status: 'PARTIAL',
    message: 'Trace exceeds maximum size',
  }
  const { url } = await startAnsweringServer({ [`/api/v2/traces/${TRACE_ID}`]: { body } })
  const trace = await createTempoSource(place(url)).find(TRACE_ID)
  expect(trace?.notes).toEqual(['Trace exceeds maximum size'])
})

test('the viewer says which gaps and teams it knows of', async () => {
  const gap = {
    reason: 'header-withheld',
    weight: 'gap',
    span: 1,
    sentence: 'It stops.',
    evidence: [],
    certain: true,
  }
  const spans = [{ spanId: 'a', team: 'billing', title: 'x' }]
  const { url } = await startAnsweringServer({
    [`/api/traces/${TRACE_ID}/otlp`]: found('OTLP/JSON'),
    [`/api/traces/${TRACE_ID}`]: { body: { gaps: [gap], spans } },
  })
  const trace = await createViewerSource(place(url)).find(TRACE_ID)
  expect(trace?.seen).toEqual({ gaps: [gap], spans })
})

test('the viewer lists its newest traces to who asks for another', async () => {
  const traces = [{ traceId: TRACE_ID, title: 'POST /api\n\u0007/billing/plan', outcome: '502' }]
  const { url } = await startAnsweringServer({ '/api/traces?limit=5': { body: { traces } } })
  expect(await createViewerSource(place(url)).adviseOnMissing()).toBe(
    `check the id; the newest there are:\n       ${TRACE_ID} POST /api /billing/plan 502`,
  )
})

test('a viewer without traces says where applications send them', async () => {
  const { url } = await startAnsweringServer({ '/api/traces?limit=5': { body: { traces: [] } } })
  expect(await createViewerSource(place(url)).adviseOnMissing()).toBe(
    `nothing has arrived there yet; set OTEL_EXPORTER_OTLP_ENDPOINT=${url.origin} in the application`,
  )
})

test('the token is sent, or the name and password of the address, which is printed without', async () => {
  const { url, asked } = await startAnsweringServer({})
  await createTempoSource(place(url, { token: 'sixteen-letters!' })).find(TRACE_ID)
  const named = new URL(`/tempo/`, url)
  named.username = 'jo'
  named.password = 'p@ss'
  const source = createTempoSource(place(named))
  await source.find(TRACE_ID)
  expect(source.name).toBe(`Tempo at ${url.origin}/tempo`)
  expect(asked.map(({ authorization }) => authorization)).toEqual([
    'Bearer sixteen-letters!',
    'Bearer sixteen-letters!',
    'Basic am86cEBzcw==',
    'Basic am86cEBzcw==',
  ])
  expect(asked.at(-1)?.path).toBe(`/tempo/api/traces/${TRACE_ID}`)
})

test.for([
  [
    '401',
    { status: 401, body: 'no' },
    undefined,
    'Tempo at URL answered 401: it wants a token\ngive it by --token',
  ],
  [
    '403',
    { status: 403, body: PAGE },
    'sixteen-letters!',
    'Tempo at URL answered 403: it does not accept the token\ngive the one that it was started with by --token',
  ],
  [
    '500',
    { status: 500, body: 'no\n \u001b[31mstore' },
    undefined,
    'URL/api/v2/traces/ID answered 500: no [31mstore\nlook at what Tempo logs, and ask again',
  ],
  [
    '502 with a page',
    { status: 502, body: PAGE },
    undefined,
    'URL/api/v2/traces/ID answered 502\nlook at what Tempo logs, and ask again',
  ],
  [
    '421 in the words of the viewer',
    { status: 421, body: { error: 'Not me.', fix: 'Ask localhost.' } },
    undefined,
    'URL/api/v2/traces/ID answered 421: Not me.\nAsk localhost.',
  ],
  [
    'words',
    { body: 'hello' },
    undefined,
    'URL/api/v2/traces/ID answered something that is not JSON: hello\nname the address of Tempo with --url',
  ],
  [
    'JSON that is something else',
    { body: { status: 'success', data: {} } },
    undefined,
    'URL/api/v2/traces/ID answers with JSON that is no trace\nname the address of Tempo with --url',
  ],
] as const)('an answer of %s is told', async ([, answer, token, expected]) => {
  const { url } = await startAnsweringServer({ [`/api/v2/traces/${TRACE_ID}`]: answer })
  const failure = await failureOf(createTempoSource(place(url, { token })).find(TRACE_ID))
  expect(failure).toBe(expected.replace('URL', url.origin).replace('ID', TRACE_ID))
})

test('a page in place of an API is told', async () => {
  const { url } = await startAnsweringServer({
    [`/api/v2/traces/${TRACE_ID}`]: { body: PAGE },
    [`/api/traces/${TRACE_ID}`]: { body: PAGE },
  })
  expect(await failureOf(createTempoSource(place(url)).find(TRACE_ID))).toBe(
    `${url.origin} answers with a web page, not with traces\nname the address at which Tempo itself answers with --url, not that of a page or a login before it`,
  )
})

test('a place that does not answer in time is told', async () => {
  const { url } = await startAnsweringServer({ [`/api/v2/traces/${TRACE_ID}`]: undefined })
  expect(await failureOf(createTempoSource(place(url, { timeoutMs: 50 })).find(TRACE_ID))).toBe(
    `${url.origin} did not answer within 0.05 s\nsee whether Tempo is busy, or name another address with --url`,
  )
})

test('nothing that listens, no such host, and no TLS are each told', async () => {
  const { url } = await startAnsweringServer({})
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  free.close()
  await once(free, 'close')
  const failures = await Promise.all(
    [`http://127.0.0.1:${port}`, 'http://nowhere.invalid', `https://${url.host}`].map(address =>
      failureOf(createTempoSource(place(new URL(address))).find(TRACE_ID)),
    ),
  )
  expect(failures).toEqual([
    `nothing listens at http://127.0.0.1:${port}\nstart Tempo`,
    'there is no host nowhere.invalid\nname one that there is with --url',
    `${url.host} does not speak TLS\nwrite --url with http://, not https://`,
  ])
})
