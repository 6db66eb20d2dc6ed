import { expect, test } from 'vitest'
import { readTrace } from '../../src/read-trace.ts'
import type { TraceLink } from '../../src/surroundings.ts'
import { ownership } from '../known-system.ts'
import { makeSpan } from '../make-span.ts'

const OTHER = { traceId: 'b'.repeat(32), spanId: '9'.repeat(16) }
const restarted = (why: string): ReturnType<typeof makeSpan> =>
  makeSpan({
    kind: 'server',
    service: 'api',
    attributes: { 'throughline.trace.restarted': why },
    links: [{ ...OTHER, traceState: '', attributes: {} }],
  })
const link = (spanId: string, heldBy: TraceLink['heldBy'], here: boolean): TraceLink => ({
  spanId,
  otherTraceId: OTHER.traceId,
  otherSpanId: OTHER.spanId,
  heldBy,
  here,
})

test.for([
  ['untrusted', true, 'gap', 'THROUGHLINE_INTERNAL_SECRET in the caller and in api'],
  ['untrusted', false, 'note', undefined],
  ['invalid-signature', true, 'gap', 'THROUGHLINE_INTERNAL_SECRET in every process of api'],
  ['invalid-signature', false, 'note', undefined],
  ['expired-signature', true, 'note', undefined],
] as const)('%s, whose caller is here: %s, is a %s', ([why, here, weight, mend]) => {
  const span = restarted(why)
  const { gaps } = readTrace([span], [], { links: [link(span.spanId, 'this', here)] })
  expect(gaps).toMatchObject([
    {
      reason: 'trace-restarted',
      weight,
      span: 0,
      certain: true,
      mend: mend === undefined ? undefined : (expect.stringContaining(mend) as unknown),
      linked: { ...OTHER, here, direction: 'comes-from' },
    },
  ])
  expect(gaps[0]?.evidence[0]).toContain(why)
})

test('a restart without a link and without surroundings says so', () => {
  const { gaps } = readTrace([{ ...restarted('untrusted'), links: [] }], [])
  expect(gaps).toMatchObject([{ weight: 'note', linked: undefined }])
  expect(gaps[0]?.evidence[1]).toBe('It links to no caller.')
})

const call = makeSpan({
  kind: 'client',
  attributes: { 'server.address': 'api.internal', 'http.response.status_code': 200 },
})

test('from the side of the caller, the trace goes on in the other one', () => {
  const { gaps } = readTrace([call], [], { ownership, links: [link(call.spanId, 'other', true)] })
  expect(gaps).toMatchObject([
    {
      reason: 'trace-restarted',
      weight: 'gap',
      span: 0,
      sentence:
        'The trace goes on in another one: api (api.internal) did not obey this trace, and began its own.',
      linked: { ...OTHER, here: true, direction: 'continues-in' },
    },
  ])
  expect(gaps[0]?.mend).toContain('THROUGHLINE_INTERNAL_SECRET in web and in api')
})

test('messages that are linked to are told on both sides, and nothing is wrong with them', () => {
  const send = makeSpan({ kind: 'producer', attributes: { 'messaging.destination.name': 'topic' } })
  const sent = readTrace([send], [], { links: [link(send.spanId, 'other', true)] })
  expect(sent.gaps).toMatchObject([{ weight: 'note', linked: { direction: 'continues-in' } }])
  const work = makeSpan({ kind: 'consumer', links: [{ ...OTHER, traceState: '', attributes: {} }] })
  const taken = readTrace([work], [], { links: [link(work.spanId, 'this', true)] })
  expect(taken.gaps).toMatchObject([{ weight: 'note', linked: { direction: 'comes-from' } }])
})

test('other links are no gaps', () => {
  const span = makeSpan({ links: [{ ...OTHER, traceState: '', attributes: {} }] })
  const { gaps } = readTrace([span], [], { links: [link(span.spanId, 'this', true)] })
  expect(gaps).toEqual([])
})
