import { expect, test } from 'vitest'
import { createRateLimiter, type RateLimiterOptions } from '../../src/reports/rate-limit.ts'

function makeLimiter(options: Partial<RateLimiterOptions> = {}) {
  let at = 0
  const limiter = createRateLimiter({
    perSource: { burst: 3, perSecond: 1 },
    inAll: { burst: 100, perSecond: 100 },
    maxSources: 2,
    now: () => at,
    ...options,
  })
  return {
    take: (source: string, times = 1): number[] =>
      Array.from({ length: times }, () => limiter.take(source)),
    wait: (ms: number): void => void (at += ms),
  }
}

test('a source may do its burst, and then is told to wait', () => {
  const { take } = makeLimiter()
  expect(take('a', 4)).toEqual([0, 0, 0, 1])
  expect(take('b')).toEqual([0])
})

test('what a source may do comes back with time, up to its burst', () => {
  const { take, wait } = makeLimiter()
  take('a', 3)
  wait(999)
  expect(take('a')).toEqual([1])
  wait(1)
  expect(take('a', 2)).toEqual([0, 1])
  wait(3_600_000)
  expect(take('a', 4)).toEqual([0, 0, 0, 1])
})

test('all sources together may do so much, and a source that is refused for that keeps its own', () => {
  const { take, wait } = makeLimiter({ inAll: { burst: 2, perSecond: 0.5 } })
  expect([...take('a'), ...take('b'), ...take('c')]).toEqual([0, 0, 2])
  wait(6_000)
  expect(take('c', 3)).toEqual([0, 0, 2])
})

test('no more sources are remembered than allowed: the first is forgotten', () => {
  const { take } = makeLimiter()
  take('a', 3)
  take('b', 3)
  expect(take('b')).toEqual([1])
  take('c', 3)
  expect(take('c')).toEqual([1])
  expect(take('a')).toEqual([0])
})
