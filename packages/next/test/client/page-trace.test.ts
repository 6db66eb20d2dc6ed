import { expect, test } from 'vitest'
import { createPageSignature } from '../../../node/src/trust/page-signature.ts'
import {
  createTrace,
  isFromCache,
  readTrace,
  SIGNATURE_VALID_MS,
} from '../../src/client/page-trace.ts'

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const PARENT = `00-${TRACE_ID}-b7ad6b7169203331-01`

const read = (
  traceparent?: string | null,
  tracestate?: string | null,
): ReturnType<typeof readTrace> =>
  readTrace(name => ({ traceparent, tracestate })[name as 'traceparent'])

test('a trace is what the server gives, with its signature', () => {
  expect(read(PARENT, 'throughline=1.abc.sig-_')).toEqual({
    traceId: TRACE_ID,
    parentId: 'b7ad6b7169203331',
    flags: '01',
    signature: '1.abc.sig-_',
  })
})

test.for(['rojo=1,throughline=sig', 'throughline=sig , rojo=1', 'a=throughline=x,throughline=sig'])(
  'the signature is found in "%s"',
  state => {
    expect(read(PARENT, state)?.signature).toBe('sig')
  },
)

test.for([
  ['nothing', undefined, undefined],
  ['a trace without a signature', PARENT, undefined],
  ['a trace with the state of somebody else', PARENT, 'rojo=1,xthroughline=1'],
  ['an empty signature', PARENT, 'throughline='],
  ['a signature without a trace', null, 'throughline=sig'],
  ['a trace of another version', PARENT.replace('00-', '01-'), 'throughline=sig'],
  ['a trace that is none', '00-1-2-01', 'throughline=sig'],
] as const)('%s gives no trace', ([, parent, state]) => {
  expect(read(parent, state)).toBeUndefined()
})

test('a page without a trace makes one that no other page has', () => {
  const [a, b] = [createTrace(), createTrace()]
  expect(a.traceId).toMatch(/^[\da-f]{32}$/)
  expect(a.spanId).toMatch(/^[\da-f]{16}$/)
  expect([a.traceId === b.traceId, a.spanId === b.spanId]).toEqual([false, false])
  expect(a.signature).toBeUndefined()
})

const LOADED = { type: 'navigate', transferSize: 5_300, encodedBodySize: 5_000 } as const

test.for([
  ['came over the network', false, {}],
  ['was reloaded', false, { type: 'reload' }],
  ['is on its way', false, { transferSize: 0, encodedBodySize: 0 }],
  ['came from the cache', true, { transferSize: 0, deliveryType: 'cache' }],
  ['came from a cache that does not say so', true, { transferSize: 0 }],
  ['has not changed, as the server said', true, { transferSize: 300 }],
  ['was gone back to', true, { type: 'back_forward' }],
] as const)('a document that %s is from a cache: %s', ([, expected, how]) => {
  expect(isFromCache({ ...LOADED, ...how })).toBe(expected)
})

test('a signature is used for as long as the server takes it', () => {
  let now = 0
  const { sign, check } = createPageSignature([], () => now)
  const trace = { traceId: TRACE_ID, traceFlags: 1 }
  const signature = sign(trace)
  now = SIGNATURE_VALID_MS - 1
  expect(check(signature, trace)).toBe('valid')
  now += 1_000
  expect(check(signature, trace)).toBe('expired-signature')
})
