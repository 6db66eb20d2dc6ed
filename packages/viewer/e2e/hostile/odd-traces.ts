import { exchangeAll } from '../exchange-all.ts'
import {
  at,
  inJson,
  inProtobuf,
  newSpanId,
  newTraceId,
  served,
  span,
  text,
  times,
  tracesOf,
  type SpanJson,
} from '../otlp-requests.ts'
import type { RunningViewer } from '../running-viewer.ts'
import type { HostileCase } from './verdict.ts'

const TRACES = '/v1/traces'

/** Sends spans, each a request of its own, in this order. */
async function sendEach(viewer: RunningViewer, spans: readonly SpanJson[]): Promise<number[]> {
  const requests = spans.map(one => inProtobuf(TRACES, tracesOf('odd', [one])))
  const statuses: number[] = []
  for (const request of requests) statuses.push((await viewer.exchange(request)).status)
  return [...new Set(statuses)]
}

/** Sends spans in one request, and gives how their trace is read: each span once, and each of them answers. */
async function sendAndRead(viewer: RunningViewer, spans: readonly SpanJson[]): Promise<unknown> {
  const { status } = await viewer.exchange(inProtobuf(TRACES, tracesOf('odd', spans)))
  return { status, ...(await readWhole(viewer, spans[0]?.traceId ?? '')) }
}

async function readWhole(viewer: RunningViewer, traceId: string): Promise<object> {
  const [{ spans, gaps }, { traces }] = await Promise.all([
    viewer.readTrace(traceId),
    viewer.listTraces(traceId),
  ])
  const ids = new Set(spans.map(({ spanId }) => spanId))
  const some = [spans[0], spans[Math.floor(spans.length / 2)], spans.at(-1)]
  for (const row of some) await viewer.readSpan(traceId, row?.spanId ?? '')
  return {
    spans: spans.length,
    ids: ids.size,
    listed: traces.map(trace => trace.spans),
    deepest: Math.max(...spans.map(({ depth }) => depth)),
    reasons: [...new Set(gaps.map(({ reason }) => reason))],
  }
}

const cycle = (length: number): SpanJson[] => {
  const traceId = newTraceId()
  const ids = Array.from({ length }, newSpanId)
  return ids.map((spanId, index) => span({ traceId, spanId, parentSpanId: ids.at(index - 1) }))
}

/** The same order every time, and no order. */
const shuffle = <T>(items: readonly T[]): T[] =>
  items
    .map((item, index) => ({ item, key: (index * 7919) % 10_007 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item)

export const ODD_TRACES: readonly HostileCase[] = [
  {
    name: 'a span that is its own parent',
    attack: viewer => sendAndRead(viewer, cycle(1)),
    gives: { status: 200, spans: 1, ids: 1, listed: [1], deepest: 0, reasons: ['malformed'] },
  },
  {
    name: 'two spans that are parents of each other',
    attack: viewer => sendAndRead(viewer, cycle(2)),
    gives: { status: 200, spans: 2, ids: 2, listed: [2], reasons: ['malformed'] },
  },
  {
    name: 'a thousand spans in a ring',
    attack: viewer => sendAndRead(viewer, cycle(1000)),
    gives: { status: 200, spans: 1000, ids: 1000, listed: [1000], reasons: ['malformed'] },
  },
  {
    name: 'a ring beside a sound tree, which stays as it is',
    async attack(viewer) {
      const ring = cycle(3)
      const traceId = ring[0]?.traceId ?? ''
      const root = served('/sound', { traceId })
      const child = span({ traceId, parentSpanId: root.spanId, startTimeUnixNano: at(1) })
      const read = await sendAndRead(viewer, [...ring, child, root])
      const { title, spans } = await viewer.readTrace(traceId)
      const sound = spans.filter(({ spanId }) => [root.spanId, child.spanId].includes(spanId))
      return { read, title, depths: sound.map(({ depth }) => depth) }
    },
    gives: { read: { status: 200, spans: 5, ids: 5 }, title: 'GET /sound', depths: [0, 1] },
  },
  {
    name: 'a chain of 5,000 spans, each below the one before',
    attack(viewer) {
      const traceId = newTraceId()
      const ids = times(5000, newSpanId)
      const spans = ids.map((spanId, index) =>
        span({ traceId, spanId, ...(index === 0 ? {} : { parentSpanId: ids[index - 1] }) }),
      )
      return sendAndRead(viewer, spans)
    },
    gives: { status: 200, spans: 5000, ids: 5000, listed: [5000], deepest: 4999, reasons: [] },
  },
  {
    name: 'the same span ten times',
    async attack(viewer) {
      const root = served('/again')
      const statuses = await sendEach(
        viewer,
        times(10, () => root),
      )
      const { routes } = await viewer.readRoutes()
      const requests = routes.find(({ route }) => route === '/again')?.requests
      return { statuses, requests, ...(await readWhole(viewer, root.traceId)) }
    },
    gives: { statuses: [200], requests: 1, spans: 1, ids: 1, listed: [1], reasons: [] },
  },
  {
    name: 'the same span twice in one request',
    attack(viewer) {
      const root = served('/twice')
      return sendAndRead(viewer, [root, root])
    },
    gives: { status: 200, spans: 1, ids: 1, listed: [1], reasons: [] },
  },
  {
    name: 'two spans that share an id',
    attack(viewer) {
      const root = served('/shared')
      return sendAndRead(viewer, [root, { ...root, name: 'another', endTimeUnixNano: at(99) }])
    },
    gives: { status: 200, spans: 2, ids: 1, reasons: ['malformed'] },
  },
  {
    name: 'the same span id in two traces',
    async attack(viewer) {
      const one = span({ name: 'one' })
      const other = span({ name: 'other', spanId: one.spanId })
      await sendEach(viewer, [one, other])
      return [
        (await viewer.readSpan(one.traceId, one.spanId)).name,
        (await viewer.readSpan(other.traceId, one.spanId)).name,
      ]
    },
    gives: ['one', 'other'],
  },
  {
    name: 'a trace whose spans arrive from the last to the first',
    async attack(viewer) {
      const root = served('/backwards')
      const { traceId } = root
      const child = span({ traceId, parentSpanId: root.spanId, startTimeUnixNano: at(2) })
      const leaf = span({ traceId, parentSpanId: child.spanId, startTimeUnixNano: at(4) })
      await sendEach(viewer, [leaf])
      const before = (await viewer.listTraces(traceId)).traces[0]
      await sendEach(viewer, [child, root])
      const after = (await viewer.listTraces(traceId)).traces[0]
      return {
        before: [before?.rooted, before?.title],
        after: [after?.rooted, after?.title],
        ...(await readWhole(viewer, traceId)),
      }
    },
    gives: {
      before: [false, 'work'],
      after: [true, 'GET /backwards'],
      spans: 3,
      deepest: 2,
      reasons: [],
    },
  },
  {
    name: 'a span that starts minutes before its parent, and one minutes after it',
    async attack(viewer) {
      const root = served('/late')
      const { traceId, spanId: parentSpanId } = root
      const early = { startTimeUnixNano: at(-300_000), endTimeUnixNano: at(-299_000) }
      const late = { startTimeUnixNano: at(300_000), endTimeUnixNano: at(300_010) }
      const read = await sendAndRead(viewer, [
        span({ traceId, parentSpanId, ...late }),
        root,
        span({ traceId, parentSpanId, ...early }),
      ])
      const trace = await viewer.readTrace(traceId)
      return { read, title: trace.title, negative: trace.spans.some(({ startMs }) => startMs < 0) }
    },
    gives: { read: { spans: 3, deepest: 1 }, title: 'GET /late', negative: false },
  },
  {
    name: 'a span whose parent never comes',
    attack: viewer => sendAndRead(viewer, [span({ parentSpanId: newSpanId() })]),
    gives: { status: 200, spans: 1, deepest: 0, reasons: ['parent-missing'] },
  },
  {
    name: 'a trace of 5,000 spans in 5,000 requests in no order',
    async attack(viewer) {
      const root = served('/scattered')
      const { traceId } = root
      const children = times(4999, index =>
        span({ traceId, parentSpanId: root.spanId, startTimeUnixNano: at(index % 10) }),
      )
      const requests = shuffle([root, ...children]).map(one =>
        inProtobuf(TRACES, tracesOf('odd', [one])),
      )
      const answers = await exchangeAll(viewer.port, requests)
      const statuses = [...new Set(answers.map(({ status }) => status))]
      return { statuses, ...(await readWhole(viewer, traceId)) }
    },
    gives: {
      statuses: [200],
      spans: 5000,
      ids: 5000,
      listed: [5000],
      deepest: 1,
      reasons: [],
    },
  },
  {
    name: 'a trace of 1,000 roots',
    attack(viewer) {
      const traceId = newTraceId()
      return sendAndRead(
        viewer,
        times(1000, index => served('/roots', { traceId, startTimeUnixNano: at(index % 10) })),
      )
    },
    gives: { status: 200, spans: 1000, ids: 1000, listed: [1000], deepest: 0 },
  },
  {
    name: '3,000 services in one trace',
    async attack(viewer) {
      const root = served('/crowd')
      const { traceId, spanId: parentSpanId } = root
      const resourceSpans = times(3000, index => ({
        resource: { attributes: [text('service.name', `crowd-${index}`)] },
        scopeSpans: [{ spans: [index === 0 ? root : span({ traceId, parentSpanId })] }],
      }))
      const { status } = await viewer.exchange(inJson(TRACES, { resourceSpans }))
      const { services } = await viewer.readTrace(traceId)
      const { nodes } = await viewer.readMap()
      return { status, services: services.length, nodes: nodes.length > 0 }
    },
    gives: { status: 200, services: 3000, nodes: true },
  },
  {
    name: '3,000 routes, as of paths that are taken for routes',
    async attack(viewer) {
      const spans = times(3000, index => served(`/paths/${index}`))
      const { status } = await viewer.exchange(inJson(TRACES, tracesOf('paths', spans)))
      const { routes } = await viewer.readRoutes()
      return { status, routes: routes.filter(({ service }) => service === 'paths').length }
    },
    gives: { status: 200, routes: 3000 },
  },
]
