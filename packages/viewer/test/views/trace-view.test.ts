import { readTrace } from '@throughline/trace'
import type { LogRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import { createSpanDetail } from '../../src/views/span-detail.ts'
import { linksTo, linksWith } from '../../src/views/trace-links.ts'
import { createTraceView } from '../../src/views/trace-view.ts'
import { makeSpan } from '../../../trace/test/make-span.ts'
import { served } from '../server/otlp-body.ts'
import { ABSENT, readyCatalog } from './catalog.ts'

const NO_LINKS = { grafana: undefined, jaeger: undefined, sentry: undefined }
const catalog = readyCatalog()
const root = served({
  startMs: 0,
  durationMs: 100,
  status: 'error',
  attributes: {
    'http.request.method': 'GET',
    'http.route': '/invoices/[id]',
    'http.response.status_code': 502,
  },
})
const call = makeSpan({
  kind: 'client',
  parentSpanId: root.spanId,
  startMs: 10,
  durationMs: 50,
  status: 'error',
  attributes: {
    'http.request.method': 'POST',
    'server.address': 'payments.example.com',
    'http.response.status_code': 502,
  },
  events: [{ name: 'retry', timeUnixNano: root.startUnixNano + 15_500_000n, attributes: { n: 1 } }],
  links: [
    { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceState: '', attributes: {} },
    { traceId: 'e'.repeat(32), spanId: 'f'.repeat(16), traceState: '', attributes: { a: 1 } },
  ],
})
const log = (given: Partial<LogRecord>): LogRecord => ({
  timeUnixNano: root.startUnixNano + 20_500_000n,
  observedTimeUnixNano: root.startUnixNano + 30_000_000n,
  severityNumber: 9,
  severityText: 'INFO',
  body: 'hello',
  attributes: {},
  eventName: '',
  traceId: root.traceId,
  spanId: call.spanId,
  resource: root.resource,
  scope: root.scope,
  service: 'web',
  ...given,
})

test('what went wrong has its team, the line that says so, and how the team is reached', () => {
  const reading = readTrace([root, call], [], { ownership: catalog })
  expect(createTraceView(reading, catalog, NO_LINKS)).toMatchObject({
    title: reading.title,
    outcome: '502',
    failed: true,
    teams: ['billing'],
    failure: {
      span: 1,
      sentence: reading.failure?.sentence,
      team: 'billing',
      decidedBy: 'ownership.yaml:15',
      page: 'pagerduty:env:PD_BILLING',
      people: '#billing',
    },
  })
})

test('without a catalog what went wrong has no way to reach anybody', () => {
  const { failure } = createTraceView(readTrace([root, call], []), ABSENT, NO_LINKS)
  expect(failure).toMatchObject({ span: 1, team: undefined, page: undefined, people: undefined })
})

test('rows hold what is needed to draw them, and places of their parents', () => {
  const { spans, links } = createTraceView(readTrace([root, call], []), ABSENT, NO_LINKS)
  expect(spans).toMatchObject([
    { spanId: root.spanId, depth: 0, descendants: 1, startMs: 0, durationMs: 100, selfMs: 50 },
    { spanId: call.spanId, parent: 0, depth: 1, startMs: 10, durationMs: 50, failure: '502' },
  ])
  expect(links).toEqual({})
})

test.for([
  ['hello', 'hello'],
  [null, ''],
  [7, '7'],
  [{ message: 'x' }, '{"message":"x"}'],
] as const)('the body %o of a log record is %s', ([body, words]) => {
  const reading = readTrace([root, call], [log({ body })])
  expect(createTraceView(reading, ABSENT, NO_LINKS).logs).toMatchObject([
    { span: 1, atMs: 20.5, body: words, timeUnixMs: 1_795_000_000_020.5 },
  ])
})

test('a log record without a time has that at which it was seen', () => {
  const reading = readTrace([root, call], [log({ timeUnixNano: 0n })])
  expect(createTraceView(reading, ABSENT, NO_LINKS).logs).toMatchObject([
    { timeUnixMs: 1_795_000_000_030 },
  ])
})

test('a span has its events by its own start, and says which of its links are here', () => {
  const reading = readTrace([root, call], [], { ownership: catalog })
  const [, read] = reading.spans
  const detail = read && createSpanDetail(read, ids => new Set(ids.slice(0, 1)))
  expect(detail).toMatchObject({
    title: createTraceView(reading, ABSENT, NO_LINKS).spans[1]?.title,
    category: 'external',
    owner: { team: 'billing', decidedBy: { at: 'ownership.yaml:15' } },
    startUnixMs: call.startMs,
    events: [{ name: 'retry', atMs: 5.5, attributes: { n: 1 } }],
    links: [
      { traceId: 'c'.repeat(32), here: true },
      { traceId: 'e'.repeat(32), here: false, attributes: { a: 1 } },
    ],
    dropped: { attributes: 0, events: 0, links: 0 },
  })
})

test('links lead to the trace wherever its id stands in them', () => {
  const links = linksWith({ jaeger: 'http://j/{traceId}?x={traceId}' }, ABSENT)
  expect(links).toEqual({
    grafana: undefined,
    jaeger: 'http://j/{traceId}?x={traceId}',
    sentry: undefined,
  })
  expect(linksTo('abc', links)).toEqual({ jaeger: 'http://j/abc?x=abc' })
})

test('Grafana is that of the catalog unless another is named', () => {
  const { catalog: plain } = catalog
  const links = { line: 1, grafana: 'http://grafana.test', runbooks: undefined }
  const withGrafana = { ...catalog, catalog: { ...plain, org: { ...plain.org, links } } }
  const { grafana = '' } = linksTo('abc', linksWith({}, withGrafana))
  const { origin, pathname, searchParams } = new URL(grafana)
  expect([origin, pathname]).toEqual(['http://grafana.test', '/explore'])
  expect(JSON.parse(searchParams.get('panes') ?? '')).toMatchObject({
    a: { datasource: 'tempo', queries: [{ queryType: 'traceql', query: 'abc' }] },
  })
  expect(linksWith({ grafana: 'http://other/{traceId}' }, withGrafana).grafana).toBe(
    'http://other/{traceId}',
  )
})
