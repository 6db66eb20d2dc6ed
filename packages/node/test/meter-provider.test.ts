import { ROOT_CONTEXT, trace, TraceFlags, type ObservableCallback } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { createMeterProvider } from '../src/metrics/meter-provider.ts'
import { createMetrics } from '../src/metrics/instruments.ts'

const inSpan = (traceFlags: TraceFlags): typeof ROOT_CONTEXT =>
  trace.setSpanContext(ROOT_CONTEXT, {
    traceId: '1'.repeat(32),
    spanId: '2'.repeat(16),
    traceFlags,
  })

test('an instrument that conventions name becomes its Prometheus metric, with its labels only', async () => {
  const metrics = createMetrics({ maxSeries: 10 })
  const meter = createMeterProvider(metrics).getMeter('test')
  meter.createHistogram('http.server.request.duration').record(
    0.3,
    {
      'http.request.method': 'GET',
      'http.route': '/x',
      'http.response.status_code': 200,
      'user.id': 'secret',
    },
    inSpan(TraceFlags.SAMPLED),
  )
  const text = await metrics.scrape()
  expect(text).toMatch(
    /_count\{http_request_method="GET",http_route="\/x",http_response_status_code="200"/,
  )
  expect(text).toContain(`trace_id="${'1'.repeat(32)}"`)
  expect(text).not.toContain('secret')
})

test('a request without a route counts as unmatched', async () => {
  const metrics = createMetrics({ maxSeries: 10 })
  const meter = createMeterProvider(metrics).getMeter('test')
  meter
    .createHistogram('http.server.request.duration')
    .record(0.1, { 'http.request.method': '_OTHER' })
  expect(await metrics.scrape()).toMatch(/http_request_method="_OTHER",http_route="unmatched"/)
})

test('an unsampled span is no exemplar', async () => {
  const metrics = createMetrics({ maxSeries: 10 })
  const meter = createMeterProvider(metrics).getMeter('test')
  meter.createHistogram('http.server.request.duration').record(0.1, {}, inSpan(TraceFlags.NONE))
  expect(await metrics.scrape()).not.toContain('trace_id')
})

test('a job is counted as completed or failed by its error', async () => {
  const metrics = createMetrics({ maxSeries: 10 })
  const duration = createMeterProvider(metrics)
    .getMeter('pg-boss')
    .createHistogram('messaging.process.duration')
  duration.record(2, { 'messaging.destination.name': 'reports' })
  duration.record(3, { 'messaging.destination.name': 'reports', 'error.type': 'Error' })
  const text = await metrics.scrape()
  expect(text).toMatch(
    /throughline_job_duration_seconds_count\{queue="reports",outcome="completed"\} 1/,
  )
  expect(text).toMatch(
    /throughline_job_duration_seconds_count\{queue="reports",outcome="failed"\} 1/,
  )
})

test('observable gauges are read at each scrape, until their callback is removed', async () => {
  const metrics = createMetrics({ maxSeries: 10 })
  const gauge = createMeterProvider(metrics)
    .getMeter('pg-boss')
    .createObservableGauge('pgboss.queue.jobs')
  let waiting = 4
  const callback: ObservableCallback = result =>
    result.observe(waiting, {
      'messaging.destination.name': 'reports',
      'pgboss.job.state': 'ready',
    })
  gauge.addCallback(callback)
  expect(await metrics.scrape()).toMatch(/throughline_jobs\{queue="reports",state="ready"\} 4/)
  waiting = 1
  expect(await metrics.scrape()).toMatch(/throughline_jobs\{queue="reports",state="ready"\} 1/)
  gauge.removeCallback(callback)
  waiting = 9
  expect(await metrics.scrape()).toMatch(/throughline_jobs\{queue="reports",state="ready"\} 1/)
})

test('an instrument that conventions do not name adds no series', async () => {
  const metrics = createMetrics({ maxSeries: 10 })
  const meter = createMeterProvider(metrics).getMeter('library')
  meter.createCounter('somebody.elses.counter').add(1, { id: 'unbounded' })
  expect(await metrics.scrape()).not.toContain('unbounded')
})
