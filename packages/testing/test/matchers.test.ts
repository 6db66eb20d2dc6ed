import '../src/matchers.ts'
import { expect, test } from 'vitest'
import { buildTraces } from '@throughline/trace'
import { makeSpan } from '../../trace/test/make-span.ts'

const page = makeSpan({
  name: 'GET /invoices/[id]',
  kind: 'server',
  team: 'growth',
  durationMs: 84,
})
const call = makeSpan({ name: 'GET', kind: 'client', parentSpanId: page.spanId, durationMs: 60 })
const api = makeSpan({
  name: 'GET /v1/invoices/:id',
  kind: 'server',
  service: 'partner-api',
  team: 'partners',
  parentSpanId: call.spanId,
})
const query = makeSpan({
  name: 'pg.query:SELECT app',
  kind: 'client',
  service: 'partner-api',
  parentSpanId: api.spanId,
  attributes: { 'db.system.name': 'postgresql' },
})
const whole = { spans: [query, api, call, page] }

/** The message that an assertion fails with. */
function failure(assertion: () => void): string {
  try {
    assertion()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('the assertion held')
}

test('a whole trace holds every promise', () => {
  expect(whole).toBeOneTrace()
  expect(whole).toHaveNoOrphans()
  expect(whole).toNameTeams({ 'partner-api GET /v1/invoices/:id': 'partners', web: 'growth' })
  expect(whole).toContainPath([
    'web GET /invoices/[id]',
    'GET',
    'partner-api GET /v1/invoices/:id',
    /^pg\.query/,
  ])
  expect(whole).toContainPath([
    'GET /invoices/[id]',
    { attributes: { 'db.system.name': 'postgresql' } },
  ])
})

test('two traces are said to be two, and both are drawn', () => {
  const other = makeSpan({ traceId: 'b'.repeat(32), name: 'GET /other' })
  const message = failure(() => expect({ spans: [...whole.spans, other] }).toBeOneTrace())
  expect(message).toContain('expected one trace, got 2')
  expect(message).toContain(`trace ${'a'.repeat(32)}`)
  expect(message).toContain('GET /other')
})

test('a path that breaks says how far it goes and draws what arrived', () => {
  const message = failure(() =>
    expect(whole).toContainPath(['GET /invoices/[id]', 'GET', 'payments POST /charges']),
  )
  expect(message).toContain(
    'found up to "GET /invoices/[id]" > "GET"; "payments POST /charges" is missing below it',
  )
  expect(message).toContain('└─ → pg.query:SELECT app')
  expect(failure(() => expect(whole).toContainPath(['nowhere']))).toContain(
    'its first step is nowhere',
  )
})

test('a path goes down, never across or up', () => {
  expect(whole).not.toContainPath(['partner-api GET /v1/invoices/:id', 'web GET /invoices/[id]'])
})

test('a lost parent is named', () => {
  const message = failure(() => expect({ spans: [page, api, query] }).toHaveNoOrphans())
  expect(message).toContain(
    `server span "partner-api GET /v1/invoices/:id" has lost its parent ${call.spanId}`,
  )
  expect(message).toContain(`parent ${call.spanId} is missing: ▶ GET /v1/invoices/:id`)
})

test('a parent that is known to live elsewhere makes a root, not an orphan', () => {
  const [tree] = buildTraces([api, query], { remoteParents: [call.spanId] })
  expect(tree).toHaveNoOrphans()
  expect(tree).toBeOneTrace()
})

test('a server span without a team, or with another, is named', () => {
  const nobody = makeSpan({ name: 'GET /x', kind: 'server' })
  expect(failure(() => expect({ spans: [nobody] }).toNameTeams())).toContain(
    'server span "web GET /x" names no team',
  )
  expect(failure(() => expect(whole).toNameTeams({ web: 'billing' }))).toContain(
    'server span "web GET /invoices/[id]" names team "growth" in place of "billing"',
  )
})

test('no spans at all hold no promise', () => {
  const nothing = { spans: [] }
  expect(nothing).not.toBeOneTrace()
  expect(nothing).not.toNameTeams()
  expect(nothing).not.toContainPath(['GET'])
  expect(failure(() => expect(nothing).toBeOneTrace())).toContain('No trace arrived.')
})
