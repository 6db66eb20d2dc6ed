import { expect, test } from 'vitest'
import {
  METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS,
  METRIC_HTTP_SERVER_REQUEST_DURATION,
  METRIC_THROUGHLINE_SPANS_DROPPED,
} from '@throughline/conventions'
import { createMetrics } from '../src/metrics/instruments.ts'

/** Labels of a request, in the order of its definition. */
const request = (route: string): string[] => ['GET', route, '200', '']

test('a histogram is served in OpenMetrics form with the exemplar of its last measurement', async () => {
  const metrics = createMetrics({ maxSeries: 10 })
  const duration = metrics.instrument(METRIC_HTTP_SERVER_REQUEST_DURATION)
  duration.observe(request('/a'), 0.02, { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) })
  const text = await metrics.scrape()
  expect(metrics.registry.contentType).toContain('application/openmetrics-text')
  expect(text).toMatch(
    /_bucket\{le="0\.025",.*http_route="\/a".*\} 1 # \{trace_id="a{32}",span_id="b{16}"\} 0\.02/,
  )
  expect(text.trimEnd().endsWith('# EOF')).toBe(true)
})

test('a metric keeps at most its cap of series; the rest is counted in one overflow series', async () => {
  const metrics = createMetrics({ maxSeries: 5 })
  const duration = metrics.instrument(METRIC_HTTP_SERVER_REQUEST_DURATION)
  for (let index = 0; index < 100; index += 1) duration.observe(request(`/random/${index}`), 0.001)
  const counts = (await metrics.scrape()).match(
    /^http_server_request_duration_seconds_count\{.*$/gm,
  )
  expect(counts).toHaveLength(5)
  expect(counts?.at(-1)).toMatch(/http_route="overflow".* 96$/)
  expect(await metrics.scrape()).toMatch(
    /throughline_series_overflow_total\{metric="http_server_request_duration_seconds"\} 96/,
  )
})

test('series that were known before the cap was reached go on to be counted as themselves', async () => {
  const metrics = createMetrics({ maxSeries: 2 })
  const dropped = metrics.instrument(METRIC_THROUGHLINE_SPANS_DROPPED)
  for (const reason of ['refused', 'timeout', 'refused']) dropped.add([reason], 1)
  const text = await metrics.scrape()
  expect(text).toMatch(/throughline_spans_dropped_total\{reason="refused"\} 2/)
  expect(text).toMatch(/throughline_spans_dropped_total\{reason="overflow"\} 1/)
})

test('a collector that throws costs its own values, not the scrape', async () => {
  const metrics = createMetrics({ maxSeries: 5 })
  metrics.onScrape(() => {
    throw new Error('collector broke')
  })
  metrics.onScrape(() => metrics.instrument(METRIC_THROUGHLINE_SPANS_DROPPED).add(['failed'], 3))
  expect(await metrics.scrape()).toMatch(/reason="failed"\} 3/)
})

test('a gauge that is no longer set is served on, until it is removed', async () => {
  const metrics = createMetrics({ maxSeries: 5 })
  const pending = metrics.instrument(METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS)
  pending.set(['db:5432/app'], 3)
  await metrics.scrape()
  expect(await metrics.scrape()).toMatch(/pool_name="db:5432\/app"\} 3/)
  pending.remove(['db:5432/app'])
  expect(await metrics.scrape()).not.toContain('db:5432/app')
})
