import { expect, test } from 'vitest'
import { parseRetryAfter, pauseAfter } from '../src/delivery/backoff.ts'

const middle = (): number => 0.5

test('pauses grow by half from one second to five', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 1_000].map(failures => pauseAfter(failures, undefined, middle))
  expect(pauses).toEqual([1_000, 1_500, 2_250, 3_375, 5_000, 5_000, 5_000])
})

test('a pause is a fifth shorter or longer by chance', () => {
  expect(pauseAfter(1, undefined, () => 0)).toBe(800)
  expect(pauseAfter(1_000, undefined, () => 1)).toBe(6_000)
})

test('what the collector asks for counts, up to thirty seconds, and never comes out shorter', () => {
  expect(pauseAfter(1, 20_000, () => 0)).toBe(20_000)
  expect(pauseAfter(1, 20_000, () => 1)).toBe(24_000)
  expect(pauseAfter(1, 30_001, () => 0)).toBe(30_000)
  expect(pauseAfter(1, 86_400_000, () => 0)).toBe(30_000)
})

test('a collector that asks to come back at once is left alone as long as any other', () => {
  expect(pauseAfter(1, 0, middle)).toBe(1_000)
})

test('Retry-After is read in seconds and as a date, and nothing else', () => {
  const now = (): number => Date.parse('2026-11-24T10:00:00Z')
  expect(parseRetryAfter('120', now)).toBe(120_000)
  expect(parseRetryAfter('Tue, 24 Nov 2026 10:00:05 GMT', now)).toBe(5_000)
  expect(parseRetryAfter('Tue, 24 Nov 2026 09:00:00 GMT', now)).toBe(0)
  expect(parseRetryAfter('soon', now)).toBeUndefined()
  expect(parseRetryAfter('-1', now)).toBeUndefined()
  expect(parseRetryAfter(undefined, now)).toBeUndefined()
})
