import { expect, test } from 'vitest'
import { createMatcher, cutAtMatches } from '../../page/trace/find-text.ts'
import { severityWord, weightOfSeverity } from '../../page/trace/severity.ts'
import { ancestorsOf, findSpan, ownStretches } from '../../page/trace/span-tree.ts'
import { readStack } from '../../page/trace/stack-text.ts'
import { makeGap, makeLog, makeTraceView } from './trace-view.ts'

test('the message of a stack comes first, and frames of libraries are told apart', () => {
  const lines = readStack(
    [
      'PaymentFailed: payments answered 502',
      'at the second try',
      '    at changePlan (/srv/web/app/route.ts:41:11)',
      '    at async POST (file:///srv/web/app/route.ts:18:20)',
      '    at do (/srv/web/node_modules/next/dist/server.js:5:38)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
      '    at async Promise.all (index 0)',
      '',
    ].join('\n'),
  )
  expect(lines.map(({ kind }) => kind)).toEqual([
    'message',
    'message',
    'own',
    'own',
    'library',
    'library',
    'library',
  ])
})

test.for([
  [1, '', 'TRACE', 'ordinary'],
  [9, '', 'INFO', 'ordinary'],
  [12, '', 'INFO', 'ordinary'],
  [13, '', 'WARN', 'warning'],
  [16, 'warning', 'WARNING', 'warning'],
  [17, '', 'ERROR', 'error'],
  [24, '', 'FATAL', 'error'],
  [0, '', 'LOG', 'ordinary'],
] as const)('severity %i "%s" is %s, and %s', ([number, text, word, weight]) => {
  expect([severityWord(number, text), weightOfSeverity(number)]).toEqual([word, weight])
})

test('a text is found in spans, logs and gaps, whatever the case of its letters', () => {
  const trace = makeTraceView(
    [
      { title: 'POST /api/billing/plan', service: 'web' },
      { title: 'INSERT', team: 'billing', failed: true, failure: 'No Plan' },
    ],
    { logs: [makeLog({ body: 'Plan changed' })], gaps: [makeGap({ sentence: 'It stops.' })] },
  )
  const found = (text: string): string[] => {
    const matches = createMatcher(trace, text)
    return (
      [
        { kind: 'span', place: 0 },
        { kind: 'span', place: 1 },
        { kind: 'log', place: 0 },
        { kind: 'gap', place: 0 },
      ] as const
    )
      .filter(matches)
      .map(({ kind, place }) => `${kind} ${place}`)
  }
  expect(found('PLAN')).toEqual(['span 0', 'span 1', 'log 0'])
  expect(found(' stops ')).toEqual(['gap 0'])
  expect(found('billing')).toEqual(['span 0', 'span 1'])
  expect(found(' ')).toEqual([])
})

test.for([
  ['aXbxc', 'x', ['a', 'X!', 'b', 'x!', 'c']],
  ['xx', 'x', ['x!', 'x!']],
  ['abc', '', ['abc']],
  ['abc', 'd', ['abc']],
  ['İx', 'x', ['İx']],
] as const)('%j is cut where %j stands', ([text, wanted, pieces]) => {
  const cut = cutAtMatches(text, wanted)
  expect(cut.map(({ text: piece, isMatch }) => (isMatch ? `${piece}!` : piece))).toEqual(pieces)
})

const { spans } = makeTraceView([
  {
    durationMs: 100,
    below: [
      { startMs: 10, durationMs: 20, below: [{ startMs: 15, durationMs: 70 }] },
      { startMs: 20, durationMs: 30, failed: true },
      { startMs: 90, durationMs: 40 },
    ],
  },
  { startMs: 200, durationMs: 0 },
])

test.for([
  [
    0,
    0,
    [
      [0, 10],
      [50, 90],
    ],
  ],
  [0, 20, [[50, 90]]],
  [1, 0, [[10, 15]]],
  [2, 0, [[15, 85]]],
  [5, 0, [[200, 200]]],
  [5, 50, [[200, 200]]],
  [9, 0, []],
] as const)('the own time of span %i, but for less than %d ms, is %j', ([place, least, own]) => {
  expect(ownStretches(spans, place, least)).toEqual(own)
})

test('the spans above a span are found from it to the root', () => {
  expect(ancestorsOf(spans, 2)).toEqual([1, 0])
  expect(ancestorsOf(spans, 0)).toEqual([])
})

test.for([
  [0, 1, 3],
  [0, -1, 3],
  [3, 1, 3],
] as const)('from span %i in steps of %i the failed one is %i', ([from, step, found]) => {
  expect(findSpan(spans, from, step, ({ failed }) => failed)).toBe(found)
})
