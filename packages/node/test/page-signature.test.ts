import { expect, test } from 'vitest'
import { createPageSignature } from '../src/trust/page-signature.ts'

const TRACE = { traceId: 'a'.repeat(32), traceFlags: 1 }
const MINUTE = 60_000

test('a signature fits into a member of tracestate', () => {
  const value = createPageSignature(['secret-of-the-house']).sign(TRACE)
  expect(value).toMatch(/^[\w.-]{1,256}$/)
})

test('it vouches for one trace and its flags', () => {
  const { sign, check } = createPageSignature(['secret-of-the-house'])
  expect(check(sign(TRACE), TRACE)).toBe('valid')
  expect(check(sign(TRACE), { ...TRACE, traceId: 'b'.repeat(32) })).toBe('invalid-signature')
  expect(check(sign(TRACE), { ...TRACE, traceFlags: 0 })).toBe('invalid-signature')
})

test('it is valid for fifteen minutes', () => {
  let now = 1_800_000_000_000
  const { sign, check } = createPageSignature(['secret-of-the-house'], () => now)
  const value = sign(TRACE)
  now += 15 * MINUTE - 1
  expect(check(value, TRACE)).toBe('valid')
  now += 1
  expect(check(value, TRACE)).toBe('expired-signature')
})

test('a later expiry cannot be written into it', () => {
  let now = 1_800_000_000_000
  const { sign, check } = createPageSignature(['secret-of-the-house'], () => now)
  const [version, expiry = '', mac] = sign(TRACE).split('.')
  now += 60 * MINUTE
  const later = (Number.parseInt(expiry, 36) + 7200).toString(36)
  expect(check([version, later, mac].join('.'), TRACE)).toBe('invalid-signature')
})

test('processes that share a secret take each other’s, old ones too; without a secret each has a key of its own', () => {
  const before = createPageSignature(['old-secret'])
  const after = createPageSignature(['new-secret', 'old-secret'])
  expect(after.check(before.sign(TRACE), TRACE)).toBe('valid')
  expect(before.check(after.sign(TRACE), TRACE)).toBe('invalid-signature')
  const [one, other] = [createPageSignature([]), createPageSignature([])]
  expect(one.check(one.sign(TRACE), TRACE)).toBe('valid')
  expect(other.check(one.sign(TRACE), TRACE)).toBe('invalid-signature')
})

test.for(['', '1', '1..', '1.zzzzzzzzzz.x', 'x'.repeat(9000), '2.t0abc.' + 'a'.repeat(43), '\0'])(
  'what is no signature is invalid: %j',
  value => {
    const { check } = createPageSignature(['secret-of-the-house'])
    expect(check(value, TRACE)).toBe('invalid-signature')
  },
)
