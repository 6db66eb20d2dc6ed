import { createResolver, readCatalog } from '@throughline/catalog'
import type { SpanRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import { readTrace } from '../src/read-trace.ts'
import type { TraceReading } from '../src/reading.ts'
import { readDemo } from './demo-spans.ts'
import { seen } from './known-system.ts'

const records = readDemo()
const catalog = readCatalog(new URL('../../../examples/ownership.yaml', import.meta.url).pathname, {
  expiry: 'ignore',
})
if (!catalog.ok) throw new Error(JSON.stringify(catalog.problems))
const surroundings = {
  ownership: { catalog: catalog.value, resolver: createResolver(catalog.value) },
  services: seen('web', 'partner-api', 'report-worker'),
}

const traces: readonly SpanRecord[][] = [...Map.groupBy(records, ({ traceId }) => traceId).values()]
const readings: readonly TraceReading[] = traces
  .map(spans => readTrace(spans, [], surroundings))
  .toSorted((a, b) => a.startUnixMs - b.startUnixMs)

test('ten traces were recorded', () => {
  expect(readings.map(({ title, outcome, failed }) => `${title} ${outcome} ${failed}`)).toEqual([
    'GET /invoices/[id] 200 false',
    'POST /api/billing/plan 200 false',
    'POST /settings 303 false',
    'GET /invoices 200 false',
    'GET /invoices/[id] 500 true',
    'GET /api/billing/preview 500 true',
    'GET /v1/invoices/:id 200 false',
    'GET /v1/invoices/:id 500 true',
    'GET /api/invoices/export 200 false',
    'POST /v1/reports 202 false',
  ])
})

test.for(readings.map(reading => [reading.title, reading] as const))(
  '%s raises no false alarm: only payments are told no trace, on purpose',
  ([, { gaps }]) => {
    expect(gaps.filter(({ weight }) => weight === 'gap')).toEqual([])
    const sentences = new Set(gaps.map(({ sentence }) => sentence))
    expect([...sentences, PAYMENTS].every(sentence => sentence === PAYMENTS)).toBe(true)
  },
)

const PAYMENTS = "payments is somebody else's: it is told no trace, on purpose."

test.for(readings.map(reading => [reading.title, reading] as const))(
  '%s: its critical path is as long as its root, and each hop has an owner with a line',
  ([, { spans }]) => {
    const critical = spans.flatMap(({ critical: stretches }) => stretches)
    const sumMs = critical.reduce((sum, [from, to]) => sum + to - from, 0)
    expect(sumMs).toBeCloseTo(spans[0]?.durationMs ?? 0, 3)
    const hops = spans.filter(({ span }) => span.kind !== 'internal')
    expect(hops.every(({ owner }) => owner?.decidedBy !== undefined)).toBe(true)
  },
)

test('without knowing anything else, only payments are a gap', () => {
  const gaps = traces.flatMap(spans => readTrace(spans, []).gaps)
  expect(new Set(gaps.map(({ sentence }) => sentence))).toEqual(
    new Set(['The trace stops at 127.0.0.1:3002, which was told no trace header.']),
  )
})

test('a page is read from its request to the database of the API', () => {
  const [page] = readings
  expect(page?.spans.map(({ depth, category, title }) => `${depth} ${category} ${title}`)).toEqual([
    '0 page GET /invoices/[id]',
    '1 proxy middleware GET',
    '1 page render /invoices/[id]',
    '2 call GET partner-api',
    '3 api GET /v1/invoices/:id',
    '4 database SELECT api_keys',
    '4 database SELECT invoices',
    '4 external GET payments',
    '4 database SELECT invoice_lines',
    '2 internal generateMetadata /invoices/[id]',
    '2 database SELECT customers',
  ])
  expect(page?.teams).toEqual(['billing', 'partners', 'data'])
})

test('a job is a part of the trace of the request that sent it, and nobody waits for it', () => {
  const job = readings.at(-1)?.spans.find(({ category }) => category === 'job')
  expect(job).toMatchObject({ title: 'job reports', critical: [], owner: { team: 'data' } })
})

test('a failure is told from where it began', () => {
  expect(readings.flatMap(({ failure }) => failure?.sentence ?? [])).toEqual([
    'GET /v1/invoices/:id of partner-api threw TypeError: the quantity "a dozen" is no whole number; web answered 500',
    'GET /api/billing/preview of web threw SyntaxError: Cannot convert a dozen to a BigInt; web answered 500',
    'GET /v1/invoices/:id of partner-api threw TypeError: the quantity "a dozen" is no whole number',
  ])
})

test('where a part is left out, its gap is found', () => {
  const [page] = traces.filter(spans => spans.some(({ service }) => service === 'partner-api'))
  const alone = (page ?? []).filter(({ service }) => service === 'web')
  const gapsBy = (...names: readonly string[]): string[] =>
    readTrace(alone, [], { ...surroundings, services: seen(...names) }).gaps.map(
      ({ reason, sentence }) => `${reason}: ${sentence}`,
    )
  expect(gapsBy('web')).toEqual([
    'service-not-instrumented: The trace stops at partner-api (127.0.0.1:3001): no span of partner-api has ever arrived.',
  ])
  expect(gapsBy('web', 'partner-api')).toEqual([
    'sampled-out: The other side of this call is not here: partner-api (127.0.0.1:3001) sends spans, and none of this call.',
  ])
})
