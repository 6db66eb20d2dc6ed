import { expect, test } from 'vitest'
import { readTrace } from '../src/read-trace.ts'
import { makeSpan } from './make-span.ts'

type Given = readonly [name: string, startMs: number, endMs: number, kind?: 'consumer' | 'browser']

/** Stretches and time of its own of each span below a root from 0 to 100, by name. */
function read(below: readonly Given[]): Record<string, { critical: unknown; selfMs: number }> {
  const root = makeSpan({ name: 'root', kind: 'server', startMs: 0, durationMs: 100 })
  const spans = below.map(([name, startMs, endMs, kind]) =>
    makeSpan({
      name,
      kind: kind === 'consumer' ? 'consumer' : 'internal',
      attributes: kind === 'browser' ? { 'throughline.next.kind': 'browser' } : {},
      startMs,
      durationMs: endMs - startMs,
      parentSpanId: root.spanId,
    }),
  )
  return Object.fromEntries(
    readTrace([root, ...spans], []).spans.map(({ span, critical, selfMs }) => [
      span.name,
      { critical, selfMs },
    ]),
  )
}

test.for<[string, readonly Given[], Record<string, unknown>, number]>([
  ['alone', [], { root: [[0, 100]] }, 100],
  [
    'one child',
    [['a', 20, 60]],
    {
      root: [
        [0, 20],
        [60, 100],
      ],
      a: [[20, 60]],
    },
    60,
  ],
  [
    'one after the other',
    [
      ['a', 10, 40],
      ['b', 40, 90],
    ],
    {
      root: [
        [0, 10],
        [90, 100],
      ],
      a: [[10, 40]],
      b: [[40, 90]],
    },
    20,
  ],
  [
    'side by side: the one that ends last',
    [
      ['a', 10, 80],
      ['b', 10, 40],
    ],
    {
      root: [
        [0, 10],
        [80, 100],
      ],
      a: [[10, 80]],
      b: [],
    },
    30,
  ],
  [
    'overlapping: what ran into the next one was not waited for by it',
    [
      ['a', 10, 60],
      ['b', 50, 90],
    ],
    {
      root: [
        [0, 50],
        [90, 100],
      ],
      a: [],
      b: [[50, 90]],
    },
    20,
  ],
  [
    'a child that outlives the root counts to its end',
    [['a', 40, 500]],
    { root: [[0, 40]], a: [[40, 100]] },
    40,
  ],
  [
    'the load of a page is what the browser waits for, not the request',
    [['a', 10, 400, 'browser']],
    { root: [[0, 100]], a: [] },
    100,
  ],
  [
    'a job that is worked on is waited for by nobody',
    [['a', 40, 90, 'consumer']],
    { root: [[0, 100]], a: [] },
    100,
  ],
  ['a child of no length', [['a', 50, 50]], { root: [[0, 100]], a: [] }, 100],
  ['a child before its root', [['a', -30, -10]], { root: [[0, 100]], a: [] }, 100],
])('%s', ([, below, critical, selfMs]) => {
  const spans = read(below)
  const shift = Math.max(0, ...below.map(([, startMs]) => -startMs))
  for (const [name, stretches] of Object.entries(critical)) {
    const moved = (stretches as [number, number][]).map(stretch => stretch.map(at => at + shift))
    expect(spans[name]?.critical).toEqual(moved)
  }
  expect(spans['root']?.selfMs).toBe(selfMs)
})

test('all stretches together are the duration of the root, without a hole or an overlap', () => {
  const root = makeSpan({ startMs: 0, durationMs: 1000 })
  let seed = 7
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  const spans = [root]
  for (let made = 0; made < 300; made++) {
    const parent = spans[random(spans.length)] ?? root
    const room = Math.max(1, Math.floor(parent.durationMs))
    const startMs = parent.startMs + random(room)
    spans.push(makeSpan({ startMs, durationMs: random(room), parentSpanId: parent.spanId }))
  }
  const stretches = readTrace(spans, [])
    .spans.flatMap(({ critical }) => critical)
    .toSorted(([a], [b]) => a - b)
  let end = 0
  for (const [from, to] of stretches) {
    expect(from).toBeCloseTo(end, 3)
    end = to
  }
  expect(end).toBeCloseTo(1000, 3)
})
