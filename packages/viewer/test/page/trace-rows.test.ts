import { expect, test } from 'vitest'
import {
  findRow,
  layRows,
  levelOfRow,
  type RowChoice,
  type VisibleRows,
} from '../../page/trace/rows.ts'
import { carryPlaces } from '../../page/trace/span-tree.ts'
import type { TraceView } from '../../src/api/trace.ts'
import { makeGap, makeLog, makeTraceView } from './trace-view.ts'

const ALL: RowChoice = { collapsed: new Set(), filter: { only: '', service: '' }, logs: true }

const trace = makeTraceView(
  [
    {
      title: 'root',
      durationMs: 100,
      critical: [[0, 10]],
      below: [
        {
          title: 'a',
          startMs: 10,
          below: [{ title: 'a1', startMs: 12, failed: true, failure: '502' }],
        },
        { title: 'b', startMs: 50, service: 'pg' },
      ],
    },
    { title: 'orphan', startMs: 60, service: 'worker' },
  ],
  {
    logs: [
      makeLog({ span: 0, atMs: 5, body: 'before a' }),
      makeLog({ span: 0, atMs: 30, body: 'between a and b' }),
      makeLog({ span: 2, atMs: 31, body: 'in a1' }),
      makeLog({ span: 0, atMs: 99, body: 'after b' }),
      makeLog({ atMs: 99, body: 'of no span' }),
    ],
    gaps: [makeGap({ span: 1, sentence: 'gap of a' }), makeGap({ sentence: 'of the whole trace' })],
  },
)

/** What stands in each row, moved in by its level. */
function draw(view: TraceView, rows: VisibleRows): string[] {
  return Array.from({ length: rows.count }, (_, index) => {
    const row = rows.rowAt(index)
    if (row === undefined) return 'no row'
    const words = {
      span: view.spans[row.place]?.title,
      gap: view.gaps[row.place]?.sentence,
      log: view.logs[row.place]?.body,
    }
    return `${'  '.repeat(levelOfRow(view, row) - 1)}${row.kind} ${words[row.kind]}`
  })
}

test('gaps stand right below their span, and logs where their time is among what is below it', () => {
  expect(draw(trace, layRows(trace, ALL))).toEqual([
    'span root',
    '  log before a',
    '  span a',
    '    gap gap of a',
    '    span a1',
    '      log in a1',
    '  log between a and b',
    '  span b',
    '  log after b',
    'span orphan',
    'log of no span',
  ])
})

test('a span whose details are open is shown, whatever the filter wants', () => {
  const errors: RowChoice = { ...ALL, filter: { only: 'errors', service: '' } }
  const rows = layRows(trace, { ...errors, besides: 3 })
  const without = draw(trace, layRows(trace, errors))
  expect(without).not.toContain('  span b')
  expect(draw(trace, rows).filter(row => !without.includes(row))).toEqual(['  span b'])
  expect(rows.wanted[3]).toBe(0)
})

test('what was closed is known by its span when the trace has grown', () => {
  const before = makeTraceView([{ spanId: 'r', below: [{ spanId: 'a' }, { spanId: 'b' }] }])
  const after = makeTraceView([{ spanId: 'r', below: [{ spanId: 'new' }, { spanId: 'b' }] }])
  expect(carryPlaces(before, after, [0, 2])).toEqual(new Set([0, 2]))
  const grown = makeTraceView([
    { spanId: 'r', below: [{ spanId: 'a', below: [{ spanId: 'new' }] }, { spanId: 'b' }] },
  ])
  expect(carryPlaces(before, grown, [1, 2])).toEqual(new Set([1, 3]))
  expect(carryPlaces(before, after, [1])).toEqual(new Set())
})

test('what is below a closed span is hidden, but not its gaps', () => {
  const rows = layRows(trace, { ...ALL, collapsed: new Set([1]) })
  expect(draw(trace, rows)).toEqual([
    'span root',
    '  log before a',
    '  span a',
    '    gap gap of a',
    '  log between a and b',
    '  span b',
    '  log after b',
    'span orphan',
    'log of no span',
  ])
  expect([...rows.rowOfSpan]).toEqual([0, 2, -1, 5, 7])
})

test('without logs no log stands there', () => {
  expect(draw(trace, layRows(trace, { ...ALL, logs: false })).join('\n')).not.toContain('log')
})

test.for([
  ['errors', { only: 'errors', service: '' }, ['root', 'a', 'a1'], ['a1']],
  ['the critical path', { only: 'critical', service: '' }, ['root'], ['root']],
  ['a service', { only: '', service: 'pg' }, ['root', 'b'], ['b']],
  ['errors of a service', { only: 'errors', service: 'pg' }, [], []],
] as const)(
  'with only %s, the others stand there where they lead to one',
  ([, filter, shown, wanted]) => {
    const rows = layRows(trace, { ...ALL, logs: false, filter })
    const titles = (places: number[]): (string | undefined)[] =>
      places.map(place => trace.spans[place]?.title)
    const places = [...trace.spans.keys()]
    expect(titles(places.filter(place => rows.rowOfSpan[place] !== -1))).toEqual(shown)
    expect(titles(places.filter(place => rows.wanted[place] === 1))).toEqual(wanted)
  },
)

test('a filter hides the logs of spans that only lead to others', () => {
  const rows = layRows(trace, { ...ALL, filter: { only: 'errors', service: '' } })
  expect(draw(trace, rows).filter(line => line.includes('log'))).toEqual(['      log in a1'])
})

test('a row is found again by what stands in it', () => {
  const rows = layRows(trace, ALL)
  expect([
    rows.indexOf({ kind: 'span', place: 3 }),
    rows.indexOf({ kind: 'log', place: 3 }),
    rows.indexOf({ kind: 'gap', place: 0 }),
    rows.indexOf({ kind: 'gap', place: 1 }),
  ]).toEqual([7, 8, 3, -1])
})

test('no row is before the first or after the last', () => {
  const rows = layRows(trace, ALL)
  expect([rows.rowAt(-1), rows.rowAt(rows.count), rows.rowAt(NaN)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test.for([
  [0, 1, 3],
  [3, 1, 3],
  [4, 1, 3],
  [4, -1, 3],
] as const)(
  'from row %i in steps of %i the gap is found in row %i, going round',
  ([from, step, found]) => {
    const rows = layRows(trace, ALL)
    expect(findRow(rows, from, step, ({ kind }) => kind === 'gap')).toBe(found)
  },
)

test('nothing is found where nothing matches', () => {
  expect(findRow(layRows(trace, ALL), 0, 1, () => false)).toBeUndefined()
  expect(findRow(layRows(makeTraceView([]), ALL), 0, 1, () => true)).toBeUndefined()
})

test('a chain of two thousand spans is laid out', () => {
  let sketch = {}
  for (let depth = 0; depth < 2000; depth += 1) sketch = { below: [sketch] }
  const deep = makeTraceView([sketch])
  expect(layRows(deep, ALL).count).toBe(2001)
})
