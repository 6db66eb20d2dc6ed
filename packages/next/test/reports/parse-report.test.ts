import { expect, test } from 'vitest'
import type { ReportItem } from '../../src/client/report.ts'
import { parseReport } from '../../src/reports/parse-report.ts'
import { ITEMS, makeReport, PAGE_SPAN_ID, TRACE_ID } from './report-samples.ts'

const isTaken = (report: unknown): boolean => parseReport(JSON.stringify(report)) !== undefined

test('a report is what was sent', () => {
  const report = makeReport({ signature: `1.abc.${'x'.repeat(43)}` })
  expect(parseReport(JSON.stringify(report))).toEqual(report)
})

test.for(['', '{', 'null', '[]', '"report"', '42', '{}', '{"v":1}'])('%s is no report', body => {
  expect(parseReport(body)).toBeUndefined()
})

test.for([
  ['another version', { v: 2 }],
  ['a key that it does not have', { user: 'ada' }],
  ['a key of objects', { constructor: 1 }],
  ['a path that is none', { path: 'https://evil.example/' }],
  ['a query', { path: '/invoices?token=secret' }],
  ['a fragment', { path: '/invoices#token' }],
  ['a path of 1,001 characters', { path: `/${'a'.repeat(1_000)}` }],
  ['a trace id of zeros', { trace: `00-${'0'.repeat(32)}-${PAGE_SPAN_ID}-01` }],
  ['a span id of zeros', { trace: `00-${TRACE_ID}-${'0'.repeat(16)}-01` }],
  ['a trace of another version', { trace: `01-${TRACE_ID}-${PAGE_SPAN_ID}-01` }],
  ['upper case in its trace', { trace: `00-${TRACE_ID.toUpperCase()}-${PAGE_SPAN_ID}-01` }],
  ['a signature with a comma', { signature: 'a,b' }],
  ['a long signature', { signature: 'a'.repeat(101) }],
  ['a page that is older than a month', { now: 31 * 86_400_000, items: [ITEMS.resume] }],
  ['a page that began in the future', { now: -1 }],
  ['a time that is no number', { sent: '2026' }],
  ['no items', { items: [] }],
  ['items that are none', { items: { 0: ITEMS.load, length: 1 } }],
  ['101 items', { items: Array.from({ length: 101 }, () => ITEMS.vital) }],
] as const)('a report with %s is refused', ([, change]) => {
  expect(isTaken({ ...makeReport(), ...change })).toBe(false)
})

test.for([
  ['a path of 1,000 characters', { path: `/${'a'.repeat(999)}` }],
  ['100 items', { items: Array.from({ length: 100 }, () => ITEMS.vital) }],
  ['a month of age', { now: 30 * 86_400_000, items: [{ kind: 'resume', t: 30 * 86_400_000 }] }],
  ['a clock at 1970', { sent: 0 }],
] as const)('a report with %s is taken', ([, change]) => {
  expect(isTaken({ ...makeReport(), ...change })).toBe(true)
})

const refusedItems: readonly (readonly [string, ReportItem, Readonly<Record<string, unknown>>])[] =
  [
    ['another kind', ITEMS.resume, { kind: 'click' }],
    ['the kind of every object', ITEMS.resume, { kind: 'toString' }],
    ['a key of another kind', ITEMS.resume, { status: 200 }],
    ['an attribute of its own', ITEMS.call, { attributes: { team: 'billing' } }],
    ['an id that is none', ITEMS.call, { id: 'x' }],
    ['a status that is none', ITEMS.call, { status: 99 }],
    ['a query in its path', ITEMS.call, { path: '/api/plan?email=ada@acme.example' }],
    ['no path', ITEMS.call, { path: undefined }],
    ['a long method', ITEMS.call, { method: 'M'.repeat(101) }],
    ['another vital', ITEMS.vital, { name: 'fid' }],
    ['a value below zero', ITEMS.vital, { value: -1 }],
    ['a value that is a text', ITEMS.vital, { value: '750' }],
    ['a long message', ITEMS.error, { message: 'm'.repeat(501) }],
    ['a long stack', ITEMS.error, { stack: 's'.repeat(2_001) }],
    ['a long type', ITEMS.error, { type: 't'.repeat(101) }],
    ['a mark too few', ITEMS.load, { marks: [1, 2, 3, 4, 5, 6, 7, 8] }],
    ['a mark that is no number', ITEMS.load, { marks: [1, 2, 3, 4, 5, 6, 7, 8, null] }],
    ['a parent that is none', ITEMS.load, { parent: '0'.repeat(16) }],
    ['a time after the report', ITEMS.resume, { t: 5_001 }],
    ['an end after the report', ITEMS.call, { t: 3_000, d: 2_001 }],
    ['a mark after the report', ITEMS.load, { marks: [1, 2, 3, 4, 5, 6, 7, 8, 5_001] }],
    ['a time before the page', ITEMS.resume, { t: -1 }],
  ]

test.for(refusedItems)('an item with %s is refused', ([, item, change]) => {
  expect(isTaken(makeReport({ items: [item] }))).toBe(true)
  expect(isTaken({ ...makeReport(), items: [{ ...item, ...change }] })).toBe(false)
})

test.for([
  [3_600_000, true],
  [3_600_001, false],
] as const)('what happened %i ms before the report is taken: %s', ([age, taken]) => {
  const report = makeReport({ now: 4_000_000, items: [{ kind: 'resume', t: 4_000_000 - age }] })
  expect(isTaken(report)).toBe(taken)
})
