import { expect, test } from 'vitest'
import { statesOf } from '../../src/views/objective-states.ts'
import { percentile } from '../../src/views/percentile.ts'

const line = 1

/** Requests of which so many failed, and so many took 900 ms while the others took 100. */
const measured = (requests: number, errors: number, slow = 0) => ({
  sortedMs: [...Array<number>(requests - slow).fill(100), ...Array<number>(slow).fill(900)],
  errors,
})

test.for([
  [99.9, 0, 0, 'unknown', 'no requests'],
  [99.9, 999, 0, 'unknown', '100 %'],
  [99.9, 1000, 0, 'met', '100 %'],
  [99.9, 1000, 1, 'met', '99.9 %'],
  [99.9, 1000, 2, 'missed', '99.8 %'],
  [99.9, 5, 1, 'unknown', '80 %'],
  [99.9, 5, 2, 'missed', '60 %'],
  [99.9, 100_000, 100, 'met', '99.9 %'],
  [99.9, 100_000, 101, 'missed', '99.89 %'],
  [99, 99, 0, 'unknown', '100 %'],
  [99, 100, 1, 'met', '99 %'],
  [99, 100, 2, 'missed', '98 %'],
  [99.99, 200_000, 1, 'met', '99.99 %'],
  [50, 19, 0, 'unknown', '100 %'],
  [50, 20, 10, 'met', '50 %'],
  [50, 20, 11, 'missed', '45 %'],
] as const)(
  '%d %% of %d requests with %d errors: %s, %s',
  ([availability, requests, errors, state, words]) => {
    const states = statesOf({ availability, latency: undefined }, measured(requests, errors))
    expect(states).toEqual([{ promise: `${availability} % succeed`, measured: words, state }])
  },
)

test.for([
  ['p95', 19, 0, 'unknown', '100 ms'],
  ['p95', 20, 0, 'met', '100 ms'],
  ['p95', 20, 1, 'met', '100 ms'],
  ['p95', 20, 2, 'missed', '900 ms'],
  ['p95', 3, 1, 'unknown', '900 ms'],
  ['p95', 3, 2, 'missed', '900 ms'],
  ['p95', 100, 5, 'met', '100 ms'],
  ['p95', 100, 6, 'missed', '900 ms'],
  ['p99', 99, 0, 'unknown', '100 ms'],
  ['p99', 100, 1, 'met', '100 ms'],
  ['p99', 100, 2, 'missed', '900 ms'],
  ['p50', 19, 9, 'unknown', '100 ms'],
  ['p50', 20, 10, 'met', '100 ms'],
  ['p50', 20, 11, 'missed', '900 ms'],
  ['p50', 0, 0, 'unknown', 'no requests'],
] as const)(
  '%s below 500 ms over %d requests, %d of them slow: %s, %s',
  ([name, requests, slow, state, words]) => {
    const latency = {
      p50: undefined,
      p95: undefined,
      p99: undefined,
      line,
      [name]: { text: '500ms', ms: 500 },
    }
    const states = statesOf({ availability: undefined, latency }, measured(requests, 0, slow))
    expect(states).toEqual([{ promise: `${name} below 500 ms`, measured: words, state }])
  },
)

test('what takes exactly as long as is promised keeps the promise', () => {
  const latency = { p50: { text: '100ms', ms: 100 }, p95: undefined, p99: undefined, line }
  expect(statesOf({ availability: undefined, latency }, measured(20, 0))).toMatchObject([
    { state: 'met' },
  ])
})

test('short times keep their fractions', () => {
  const latency = { p50: { text: '0.5ms', ms: 0.5 }, p95: undefined, p99: undefined, line }
  const states = statesOf({ availability: undefined, latency }, { sortedMs: [1.2345], errors: 0 })
  expect(states).toMatchObject([{ promise: 'p50 below 0.5 ms', measured: '1.23 ms' }])
})

test.for([
  [[], 0.5, 0],
  [[7], 0.5, 7],
  [[7], 0.99, 7],
  [[1, 2], 0.5, 1],
  [[1, 2, 3], 0.5, 2],
  [Array.from({ length: 100 }, (_, place) => place + 1), 0.95, 95],
  [Array.from({ length: 100 }, (_, place) => place + 1), 0.99, 99],
  [Array.from({ length: 101 }, (_, place) => place + 1), 0.99, 100],
  [Array.from({ length: 20 }, (_, place) => place + 1), 0.95, 19],
] as const)('of %o the share %d is %d', ([sorted, share, value]) => {
  expect(percentile(sorted, share)).toBe(value)
})
