import type { SpanRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import type { Gap } from '../../src/gap.ts'
import { readTrace } from '../../src/read-trace.ts'
import type { Surroundings } from '../../src/surroundings.ts'
import { ownership, seen } from '../known-system.ts'
import { makeSpan } from '../make-span.ts'

const page = makeSpan({ kind: 'server', durationMs: 100 })
const callTo = (host: string, given: Partial<SpanRecord> = {}): SpanRecord =>
  makeSpan({
    kind: 'client',
    parentSpanId: page.spanId,
    ...given,
    attributes: {
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'server.address': host,
      ...given.attributes,
    },
  })
const gapsOf = (spans: readonly SpanRecord[], surroundings: Surroundings = {}): readonly Gap[] =>
  readTrace([page, ...spans], [], { ownership, services: seen('web'), ...surroundings }).gaps

test('a service of ours that never sent a span is not instrumented', () => {
  const gaps = gapsOf([callTo('api.internal')])
  expect(gaps).toMatchObject([
    {
      reason: 'service-not-instrumented',
      weight: 'gap',
      span: 1,
      sentence: 'The trace stops at api (api.internal): no span of api has ever arrived.',
      certain: true,
    },
  ])
  expect(gaps[0]?.evidence[1]).toMatch(/^ownership\.yaml:\d+ has api\.internal as a host of api\.$/)
  expect(gaps[0]?.mend).toContain('OTEL_SERVICE_NAME=api node --import @throughline/node/register')
})

test('the mend of an application of Next.js is its own', () => {
  const call = callTo('web.internal', { service: 'api', attributes: { 'server.port': 3000 } })
  const { gaps } = readTrace([call], [], { ownership, services: seen('api') })
  expect(gaps.at(-1)?.mend).toContain("from '@throughline/next' in instrumentation.ts of web")
})

test('a service that sends spans, and none of a request, is told apart', () => {
  const [gap] = gapsOf([callTo('api.internal')], {
    services: [{ name: 'api', queries: true, serves: false }],
  })
  expect(gap?.sentence).toContain('sends spans, and none of a request that it served')
  expect(gap?.mend).toContain('before what serves is loaded')
})

test('without knowing who ever sent a span it is only likely', () => {
  const { gaps } = readTrace([page, callTo('api.internal')], [], { ownership })
  expect(gaps).toMatchObject([{ reason: 'service-not-instrumented', certain: false }])
})

test('a service that sends spans, and none of this call, was sampled out', () => {
  const call = callTo('api.internal', { traceState: 'vendor=1, ot=th:8;rv:abc' })
  const gaps = gapsOf([call], {
    services: seen('web', 'api'),
    dropped: [{ service: 'api', reason: 'timeout', spans: 7, atMs: 0 }],
  })
  expect(gaps).toMatchObject([
    {
      reason: 'sampled-out',
      span: 1,
      certain: false,
      evidence: [
        'api has sent spans of other requests.',
        'web sent it the trace header, and got an answer.',
        expect.stringContaining('this trace is recorded'),
        'web keeps only a share of its traces: its tracestate says ot=th:8;rv:abc.',
        'api says that it lost 7 spans (timeout): this may be one of them.',
      ],
      mend: expect.stringContaining('OTEL_TRACES_SAMPLER=parentbased_always_on') as unknown,
    },
  ])
})

test('that a service sends spans can be seen in the trace itself', () => {
  const answered = callTo('127.0.0.1', { attributes: { 'server.port': 4000 } })
  const api = makeSpan({ kind: 'server', service: 'api', parentSpanId: answered.spanId })
  expect(gapsOf([answered, api, callTo('api.internal')])).toMatchObject([
    { reason: 'sampled-out', span: 3 },
  ])
})

test.for([
  ['localhost', 1],
  ['127.0.0.1', 1],
  ['::1', 1],
  ['10.2.3.4', 1],
  ['172.16.0.9', 1],
  ['172.32.0.9', 0],
  ['192.168.1.1', 1],
  ['fd00::17', 1],
  ['orders', 1],
  ['orders.shop.svc.cluster.local', 1],
  ['169.254.169.254', 0],
  ['8.8.8.8', 0],
  ['api.stripe.com', 0],
] as const)('%s, which nobody knows, makes %i gaps', ([host, count]) => {
  const gaps = gapsOf([callTo(host)])
  expect(gaps).toHaveLength(count)
  expect(
    gaps.every(({ reason, certain }) => reason === 'service-not-instrumented' && !certain),
  ).toBe(true)
})

test.for<[string, SpanRecord]>([
  ['to who is somebody else’s', callTo('payments.example.com')],
  [
    'that nobody answered',
    callTo('api.internal', { status: 'error', attributes: { 'http.response.status_code': '' } }),
  ],
  [
    'of a browser to its own origin',
    makeSpan({ kind: 'client', attributes: { 'throughline.next.kind': 'browser' } }),
  ],
  ['of a query', callTo('10.0.0.1', { attributes: { 'db.system.name': 'postgresql' } })],
  ['that names no host', makeSpan({ kind: 'client' })],
])('a call %s is no gap', ([, span]) => {
  expect(gapsOf([span])).toEqual([])
})

test('a call that is answered is no gap, nor one around such a call', () => {
  const outer = callTo('api.internal')
  const inner = callTo('api.internal', { parentSpanId: outer.spanId })
  const api = makeSpan({ kind: 'server', service: 'api', parentSpanId: inner.spanId })
  expect(gapsOf([outer, inner, api])).toEqual([])
})

test('a call that goes on in another trace is only told as that', () => {
  const call = callTo('api.internal')
  const gaps = gapsOf([call], {
    links: [
      {
        spanId: call.spanId,
        otherTraceId: 'b'.repeat(32),
        otherSpanId: '1',
        heldBy: 'other',
        here: true,
      },
    ],
  })
  expect(gaps.map(({ reason }) => reason)).toEqual(['trace-restarted'])
})

const send = makeSpan({
  kind: 'producer',
  service: 'api',
  parentSpanId: page.spanId,
  attributes: { 'messaging.destination.name': 'reports' },
})

test('a queue whose worker never sent a span', () => {
  expect(gapsOf([send])).toMatchObject([
    {
      reason: 'service-not-instrumented',
      sentence:
        'The trace stops at the queue reports: no span of worker, which works on it, has ever arrived.',
      mend: expect.stringContaining('OTEL_SERVICE_NAME=worker') as unknown,
    },
  ])
})

test('a job that has not run yet, or has, is no gap', () => {
  expect(gapsOf([send], { services: seen('web', 'worker') })).toEqual([])
  expect(gapsOf([send, makeSpan({ kind: 'consumer', parentSpanId: send.spanId })])).toEqual([])
})
