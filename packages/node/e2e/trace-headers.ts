import type { OutgoingHttpHeaders } from 'node:http'
import { createPageSignature } from '../src/trust/page-signature.ts'

/** A caller's trace, as all rows bring it that bring a valid one. */
export const THEIRS = { traceId: 'a'.repeat(31) + '1', spanId: 'b'.repeat(15) + '2' }

/** The secrets of the house: the first is sent, both are taken. */
export const SECRETS: readonly [string, string] = [
  'first-secret-of-the-house',
  'old-secret-of-the-house',
]

/** One way in which trace headers may look. */
export interface Shape {
  readonly name: string
  /** An array is sent as repeated lines. */
  readonly headers: OutgoingHttpHeaders
  /** The trace that the headers hold by W3C Trace Context: with which state, and whether sampled. Nothing when they hold none. */
  readonly brings?: { readonly state: string; readonly sampled: boolean } | undefined
  /** Whether the headers prove that a page of ours calls; by default they do not even say so. */
  readonly page?: 'valid' | 'invalid-signature' | 'expired-signature'
}

const { traceId, spanId } = THEIRS
const parent = (flags = '01', version = '00'): string => `${version}-${traceId}-${spanId}-${flags}`
const sampled = (state = ''): Shape['brings'] => ({ state, sampled: true })

const MINUTE = 60_000
const signature = (
  signed = { traceId, traceFlags: 1 },
  { secret = SECRETS[0], ago = 0 } = {},
): string => createPageSignature([secret], () => Date.now() - ago).sign(signed)
const page = (
  name: string,
  verdict: NonNullable<Shape['page']>,
  value: string,
  more: { readonly flags?: string; readonly state?: string } = {},
): Shape => ({
  name,
  page: verdict,
  headers: {
    traceparent: parent(more.flags),
    tracestate: `throughline=${value}${more.state === undefined ? '' : `,${more.state}`}`,
  },
  brings: { state: more.state ?? '', sampled: more.flags !== '00' },
})

const WORDS = 'of-the-way-'.repeat(10)
const members = (count: number, length: number): string =>
  Array.from({ length: count }, (_, at) => `m${at}=${WORDS.slice(0, length)}`).join(',')

/** Every way that is tried on every route. */
export const SHAPES: readonly Shape[] = [
  { name: 'no headers', headers: {} },
  { name: 'a sampled trace', headers: { traceparent: parent() }, brings: sampled() },
  {
    name: 'an unsampled trace',
    headers: { traceparent: parent('00') },
    brings: { state: '', sampled: false },
  },
  { name: 'unknown flags', headers: { traceparent: parent('ff') }, brings: sampled() },
  { name: 'version ff', headers: { traceparent: parent('01', 'ff') } },
  {
    name: 'a version to come, with more fields',
    headers: { traceparent: `${parent('01', '01')}-what-comes` },
    brings: sampled(),
  },
  { name: 'version 00 with more fields', headers: { traceparent: `${parent()}-what-comes` } },
  { name: 'an all-zero trace id', headers: { traceparent: `00-${'0'.repeat(32)}-${spanId}-01` } },
  { name: 'an all-zero span id', headers: { traceparent: `00-${traceId}-${'0'.repeat(16)}-01` } },
  { name: 'upper case', headers: { traceparent: parent().toUpperCase() } },
  { name: 'too short', headers: { traceparent: parent().slice(0, -1) } },
  { name: 'nonsense', headers: { traceparent: '%00'.repeat(2000) } },
  { name: 'two traceparent lines', headers: { traceparent: [parent(), parent()] } },
  {
    name: 'two tracestate lines',
    headers: { traceparent: parent(), tracestate: ['one=1', 'two=2'] },
    brings: sampled('one=1,two=2'),
  },
  {
    name: 'a tracestate of 40 members',
    headers: { traceparent: parent(), tracestate: members(40, 1) },
    brings: sampled(members(32, 1)),
  },
  {
    name: 'a tracestate of 900 characters',
    headers: { traceparent: parent(), tracestate: members(9, 97) },
    brings: sampled(members(5, 97)),
  },
  {
    name: 'a malformed tracestate',
    headers: { traceparent: parent(), tracestate: '=,;,UPPER=1,good=2,==,' },
    brings: sampled('good=2'),
  },
  {
    name: 'baggage',
    headers: { traceparent: parent(), baggage: 'userId=7,isAdmin=true' },
    brings: sampled(),
  },
  {
    name: 'oversized baggage without a trace',
    headers: { baggage: `a=${'b'.repeat(9000)}` },
  },
  page('a page', 'valid', signature()),
  page('a page, with the state of another system', 'valid', signature(), { state: 'other=1' }),
  page('a page signed with the old secret', 'valid', signature(undefined, { secret: SECRETS[1] })),
  page('an unsampled page', 'valid', signature({ traceId, traceFlags: 0 }), { flags: '00' }),
  page('a page of 16 minutes ago', 'expired-signature', signature(undefined, { ago: 16 * MINUTE })),
  page(
    'a page signed with another key',
    'invalid-signature',
    signature(undefined, { secret: 'a-secret-of-somebody-else' }),
  ),
  page(
    'a page of another trace',
    'invalid-signature',
    signature({ traceId: 'c'.repeat(32), traceFlags: 1 }),
  ),
  page('a page whose flag was flipped', 'invalid-signature', signature(), { flags: '00' }),
  page('a page with a signature that is none', 'invalid-signature', 'x'.repeat(200)),
]
