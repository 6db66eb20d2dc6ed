import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SpanRow, TraceView } from '../src/api/trace.ts'
import { startShop, type Exporting, type RunningShop } from './running-stock-app.ts'
import { startViewerProcess, type RunningViewer } from './running-viewer.ts'

const SPANS = 5

/** How each application is told where to export to, and in what form. */
const CELLS: readonly Exporting[] = [
  { encoding: 'protobuf', compression: 'none', configured: 'environment' },
  { encoding: 'protobuf', compression: 'gzip', configured: 'code' },
  { encoding: 'json', compression: 'none', configured: 'code' },
  { encoding: 'json', compression: 'gzip', configured: 'environment' },
]

let viewer: RunningViewer

beforeAll(async () => {
  viewer = await startViewerProcess()
})

afterAll(() => viewer?.[Symbol.asyncDispose]())

/** The trace, once all of it has arrived. */
async function waitForTrace(traceId: string): Promise<TraceView> {
  const spans = async (): Promise<number | undefined> =>
    (await viewer.listTraces(traceId)).traces[0]?.spans
  await expect.poll(spans, { timeout: 10_000 }).toBe(SPANS)
  return viewer.readTrace(traceId)
}

/** What a person sees of the tree, a line a span. */
const drawTree = (spans: readonly SpanRow[]): string[] =>
  spans.map(
    ({ depth, category, title, service }) =>
      `${'  '.repeat(depth)}${category} ${title} (${service.split('-')[0]})`,
  )

describe.for(CELLS)(
  'an application with nothing of ours that sends $encoding, compressed by $compression, as its $configured says',
  exporting => {
    let app: RunningShop

    beforeAll(async () => {
      app = await startShop(viewer.url, exporting)
    })

    afterAll(() => app?.[Symbol.asyncDispose]())

    test('shows an order that went well as one trace over both services', async () => {
      const before = Date.now()
      const { status, traceId } = await app.order('A-7')
      const after = Date.now()
      const trace = await waitForTrace(traceId)
      expect({ ...trace, spans: undefined, gaps: undefined, links: undefined, status }).toEqual({
        traceId,
        status: 200,
        title: 'GET /orders/:sku',
        outcome: '200',
        failed: false,
        startUnixMs: expect.any(Number),
        durationMs: expect.any(Number),
        services: [app.shop, app.warehouse],
        teams: [],
        failure: undefined,
        spans: undefined,
        logs: [],
        gaps: undefined,
        links: undefined,
      })
      expect(drawTree(trace.spans)).toEqual([
        'api GET /orders/:sku (shop)',
        '  internal load order (shop)',
        '    database SELECT orders (shop)',
        `  call GET ${app.warehouse} (shop)`,
        '    api GET /stock/:sku (warehouse)',
      ])
      const [root, load, query] = trace.spans as [SpanRow, SpanRow, SpanRow]
      expect(trace.startUnixMs).toBeGreaterThanOrEqual(before - 1)
      expect(trace.startUnixMs + trace.durationMs).toBeLessThanOrEqual(after + 1)
      expect(root).toMatchObject({ startMs: 0, durationMs: trace.durationMs, descendants: 4 })
      // The query takes 20 ms, by a timer that may be a little early.
      expect(query.durationMs).toBeGreaterThan(18)
      expect(load.durationMs).toBeGreaterThan(18)
      // Starts are whole milliseconds: by its times a child may end after its parent.
      const queried = Math.min(load.startMs + load.durationMs, query.startMs + query.durationMs)
      expect(load.selfMs).toBeCloseTo(load.durationMs - (queried - query.startMs), 3)
      for (const { failed, failure, skewMs } of trace.spans)
        expect({ failed, failure, skewMs }).toEqual({
          failed: false,
          failure: undefined,
          skewMs: 0,
        })
    })

    test('shows each attribute as it was set, with its event, its scope and what sent it', async () => {
      const { traceId } = await app.order('A-7')
      const trace = await waitForTrace(traceId)
      const [root, load] = trace.spans as [SpanRow, SpanRow]
      const detail = await viewer.readSpan(traceId, load.spanId)
      expect(detail).toMatchObject({
        traceId,
        spanId: load.spanId,
        parentSpanId: root.spanId,
        name: 'load order',
        kind: 'internal',
        status: 'unset',
        statusMessage: '',
        service: app.shop,
        durationMs: load.durationMs,
        scope: { name: 'shop', version: '1.2.3' },
        dropped: { attributes: 0, events: 0, links: 0 },
        links: [],
        events: [{ name: 'order loaded', attributes: { lines: 2 } }],
        resource: {
          'service.name': app.shop,
          'telemetry.sdk.language': 'nodejs',
          'process.command_args': expect.arrayContaining([expect.stringMatching('stock-app')]),
        },
      })
      expect(detail.attributes).toEqual({
        'order.id': 7,
        'order.total': 49.5,
        'order.paid': true,
        'order.refunded': false,
        'order.currency': 'EUR',
        'order.note': 'Zażółć 👩🏽‍🚀 <b>',
        'order.empty': '',
        'order.balance': -12,
        'order.exact': Number.MAX_SAFE_INTEGER,
        'order.skus': ['A-7', 'B-12'],
        'order.weights': [1.25, 2.5],
        'order.counts': [1, 2, 3],
        'order.fragile': [true, false],
        'order.nothing': [],
      })
      expect(detail.events[0]?.atMs).toBeGreaterThan(18)
      expect(detail.events[0]?.atMs).toBeLessThanOrEqual(detail.durationMs)
    })

    test('says in one sentence why an order failed, and shows the exception where it was thrown', async () => {
      const { status, traceId } = await app.order('none')
      const trace = await waitForTrace(traceId)
      expect([status, trace.outcome, trace.failed]).toEqual([502, '502', true])
      expect(trace.failure?.sentence).toBe(
        `GET /stock/:sku of ${app.warehouse} threw RangeError: no shelf holds "none"; ${app.shop} answered 502`,
      )
      const failing = trace.spans[trace.failure?.span ?? -1]
      expect(failing).toMatchObject({ service: app.warehouse, failed: true })
      const detail = await viewer.readSpan(traceId, failing?.spanId ?? '')
      expect(detail).toMatchObject({ status: 'error', kind: 'server', category: 'api' })
      expect(detail.events).toMatchObject([
        {
          name: 'exception',
          attributes: {
            'exception.type': 'RangeError',
            'exception.message': 'no shelf holds "none"',
            'exception.stacktrace': expect.stringMatching(/RangeError: no shelf[^]*stock-app/),
          },
        },
      ])
      const { traces } = await viewer.listTraces(`service:${app.shop} status:error`)
      expect(traces).toMatchObject([
        {
          traceId,
          title: 'GET /orders/:sku',
          outcome: '502',
          failed: true,
          errors: 3,
          firstError: `${app.warehouse}: RangeError: no shelf holds "none"`,
          rooted: true,
          service: app.shop,
          services: [
            { name: app.shop, outside: false },
            { name: app.warehouse, outside: false },
          ],
        },
      ])
    })

    test('has its routes in the table and its calls on the map', async () => {
      const { routes } = await viewer.readRoutes()
      const mine = routes.filter(({ service }) => [app.shop, app.warehouse].includes(service))
      const shared = { method: 'GET', isJob: false, requests: 3, errors: 1 }
      expect(mine).toHaveLength(2)
      expect(mine).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ ...shared, service: app.shop, route: '/orders/:sku' }),
          expect.objectContaining({ ...shared, service: app.warehouse, route: '/stock/:sku' }),
        ]),
      )
      for (const { p50Ms, p95Ms } of mine.filter(({ service }) => service === app.shop)) {
        expect(p50Ms).toBeGreaterThan(18)
        expect(p95Ms).toBeGreaterThanOrEqual(p50Ms)
      }
      const { nodes, edges } = await viewer.readMap()
      expect(edges.filter(({ from }) => from === `service:${app.shop}`)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ to: `service:${app.warehouse}`, calls: 3, errors: 1 }),
          expect.objectContaining({ to: 'database:postgresql shop', calls: 3, errors: 0 }),
        ]),
      )
      expect(nodes).toContainEqual(
        expect.objectContaining({ id: `service:${app.warehouse}`, instrumented: true }),
      )
    })

    test('was told of no failed export', () => {
      expect(app.output()).toBe('')
    })
  },
)

test('nothing went wrong in the viewer', async () => {
  expect(viewer.output()).not.toMatch(/error|warning|at .+:\d+:\d+/i)
  expect((await viewer.readMeta()).stored).toMatchObject({
    traces: CELLS.length * 3,
    spans: CELLS.length * 3 * SPANS,
    evictedSpans: 0,
  })
})
