import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MetricPoint } from '@throughline/otlp'
import { expect, onTestFinished, test } from 'vitest'
import type { TraceView } from '../../src/api/trace.ts'
import { watchMetricsPages } from '../../src/server/metrics-pages.ts'
import { readSamples } from '../../src/server/prometheus-text.ts'
import { send, served } from './otlp-body.ts'
import { readJson, SOON, start } from './running-viewer.ts'

/** A page of metrics whose text can change. */
async function servePage(text: string): Promise<{ url: string; text: string; asked: number }> {
  const page = { url: '', text, asked: 0 }
  const server = createServer((_, response) => {
    page.asked += 1
    if (page.text === 'fail') response.writeHead(500)
    response.end(page.text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  page.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
  return page
}

interface Watched {
  readonly points: MetricPoint[]
  readonly notices: string[]
}

function watch(...pages: readonly string[]): Watched {
  const points: MetricPoint[] = []
  const notices: string[] = []
  const watching = watchMetricsPages({
    pages,
    everyMs: 20,
    onPoints: more => void points.push(...more),
    onNotice: line => void notices.push(line),
  })
  onTestFinished(() => watching.stop())
  return { points, notices }
}

const metricsOf = (dropped: number): string => `# HELP target_info Always 1
# TYPE target_info gauge
target_info{service_name="web",service_instance_id="i-1"} 1
# TYPE throughline_spans_dropped counter
throughline_spans_dropped_total{reason="queue_full"} ${dropped} # {trace_id="a"} 1 2
throughline_spans_dropped_total{reason="export_failed"} 0
throughline_spans_dropped_totals{reason="other metric"} 9
http_server_request_duration_seconds_count{http_route="/x"} 4
# EOF
`

test('counts of lost spans are read with their service, when they rise', async () => {
  const page = await servePage(metricsOf(3))
  const { points, notices } = watch(page.url)
  await expect.poll(() => page.asked, SOON).toBeGreaterThan(3)
  expect(points).toMatchObject([
    {
      metric: 'throughline_spans_dropped_total',
      service: 'web',
      attributes: { reason: 'queue_full' },
      value: 3,
      type: 'sum',
      temporality: 'cumulative',
      resource: { attributes: { 'service.name': 'web', 'service.instance.id': 'i-1' } },
    },
  ])
  page.text = metricsOf(5)
  await expect.poll(() => points.map(({ value }) => value), SOON).toEqual([3, 5])
  // The process began anew.
  page.text = metricsOf(2)
  await expect.poll(() => points.map(({ value }) => value), SOON).toEqual([3, 5, 2])
  expect(notices).toEqual([])
})

test('a page that cannot be read is told of once, and asked again', async () => {
  const page = await servePage('fail')
  const { points, notices } = watch('http://127.0.0.1:1/metrics', page.url)
  await expect.poll(() => page.asked, SOON).toBeGreaterThan(3)
  expect(notices).toEqual([expect.stringMatching(/^metrics are not read from http:\/\/127/)])
  page.text = metricsOf(1)
  await expect.poll(() => points.length, SOON).toBe(1)
})

test('a page that never ends is cut off', async () => {
  const server = createServer((_, response) => {
    const write = (): void => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    }
    response.on('drain', write)
    write()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const { notices } = watch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await expect.poll(() => notices, SOON).toEqual([expect.stringContaining('4194304 bytes')])
})

test.for([
  ['a 1', []],
  ['m 1', [{ labels: {}, value: 1 }]],
  ['m 1.5e3 1795000000', [{ labels: {}, value: 1500 }]],
  ['m{a="b",c="d"} 2', [{ labels: { a: 'b', c: 'd' }, value: 2 }]],
  [String.raw`m{a="x} 5 \" \\ \n y"} 2`, [{ labels: { a: 'x} 5 " \\ \n y' }, value: 2 }]],
  ['m{a="b"} NaN', []],
  ['m{a="b"', []],
  ['m', []],
  ['mm 1', []],
  ['# m 1', []],
] as const)('the line %s is read as %o', ([line, samples]) => {
  expect(readSamples(`${line}\n`, 'm')).toEqual(samples)
})

test('what a page says is shown where a trace misses spans', async () => {
  const page = await servePage(metricsOf(3))
  const viewer = await start({ metricsPages: [page.url] })
  await expect.poll(() => page.asked, SOON).toBe(1)
  await send(
    viewer,
    served({ parentSpanId: '1'.repeat(16), startMs: Date.now() - 1_795_000_000_000 }),
  )
  const read = (): Promise<TraceView> =>
    readJson<TraceView>(viewer, `/api/traces/${'a'.repeat(32)}`)
  await expect
    .poll(async () => JSON.stringify((await read()).gaps), SOON)
    .toMatch(/queue_full|dropped/)
})
