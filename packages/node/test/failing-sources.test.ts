import { describe, expect, test } from 'vitest'
import { createFailingSources, type FailingSources } from '../src/requests/failing-sources.ts'

const ROUTE = '/v1/invoices'
const SECOND = 1_000

interface Counted extends FailingSources {
  pass(ms: number): void
  most(route?: string): number | undefined
}

function count(): Counted {
  let now = 0
  const sources = createFailingSources(() => now)
  return {
    ...sources,
    pass: ms => void (now += ms),
    most: (route = ROUTE) => sources.worst().get(route),
  }
}

const repeat = (times: number, work: (at: number) => void): void => {
  for (let at = 0; at < times; at += 1) work(at)
}

test('the source that fails most on a route is what counts, each route by itself', () => {
  const sources = count()
  repeat(5, () => sources.add(ROUTE, 'a'))
  repeat(3, () => sources.add(ROUTE, 'b'))
  repeat(2, () => sources.add('/sign-in', 'a'))
  expect([...sources.worst()]).toEqual([
    [ROUTE, 5],
    ['/sign-in', 2],
  ])
})

describe('five minutes', () => {
  test('are how long a failure counts, to the half minute', () => {
    const sources = count()
    sources.add(ROUTE, 'a')
    sources.pass(299 * SECOND)
    expect(sources.most()).toBe(1)
    sources.pass(SECOND)
    expect(sources.most()).toBeUndefined()
  })

  test('slide: what is older goes, what is newer stays', () => {
    const sources = count()
    repeat(4, () => sources.add(ROUTE, 'a'))
    sources.pass(150 * SECOND)
    repeat(3, () => sources.add(ROUTE, 'a'))
    expect(sources.most()).toBe(7)
    sources.pass(150 * SECOND)
    expect(sources.most()).toBe(3)
    sources.pass(150 * SECOND)
    expect(sources.most()).toBeUndefined()
  })

  test('of a slow source hold what it did in them, however long it goes on', () => {
    const sources = count()
    repeat(1_000, () => {
      sources.add(ROUTE, 'a')
      sources.pass(10 * SECOND)
    })
    expect(sources.most()).toBeGreaterThanOrEqual(27)
    expect(sources.most()).toBeLessThanOrEqual(30)
  })

  test('without anybody leave nothing, after a long night, too', () => {
    const sources = count()
    repeat(100, at => sources.add(ROUTE, `source ${at}`))
    sources.pass(8 * 3_600 * SECOND)
    expect(sources.worst().size).toBe(0)
    sources.add(ROUTE, 'a')
    expect(sources.most()).toBe(1)
  })
})

describe('with more sources than places', () => {
  test('up to 2,000 are exact', () => {
    const sources = count()
    repeat(2_000, at => sources.add(ROUTE, `source ${at}`))
    repeat(1_999, at => sources.add(ROUTE, `source ${at}`))
    sources.add(ROUTE, 'source 0')
    expect(sources.most()).toBe(3)
  })

  /** Ways to send from ever new addresses, so that an entry of somebody else gives way. */
  const floods: Readonly<Record<string, (at: number) => string>> = {
    'each address once': at => `flood ${at}`,
    'each address twice in a row': at => `flood ${at >> 1}`,
    'each address ten times in a row': at => `flood ${Math.floor(at / 10)}`,
    'a few more addresses than there are places, over and over': at => `flood ${at % 2_100}`,
    'random addresses': () => `flood ${Math.random()}`,
  }
  test.for(Object.entries(floods))(
    'a source that goes on failing is seen through a flood of %s',
    ([, flood]) => {
      const sources = count()
      repeat(20_000, at => sources.add(ROUTE, flood(at)))
      // One failure in 1,000, from a source that comes when all places are long taken.
      repeat(200_000, at => {
        sources.add(ROUTE, at % 1_000 === 500 ? 'heavy' : flood(20_000 + at))
        if (at % 1_000 === 0) sources.pass(SECOND)
      })
      expect(sources.most()).toBeGreaterThan(180)
      expect(sources.most()).toBeLessThanOrEqual(200)
    },
  )

  test('a flood on one route does not hide a source on another', () => {
    const sources = count()
    repeat(20, () => sources.add('/sign-in', 'heavy'))
    repeat(20_000, at => sources.add(ROUTE, `flood ${at}`))
    expect(sources.most('/sign-in')).toBe(20)
  })

  test('a flood that is over makes room again', () => {
    const sources = count()
    repeat(50_000, at => sources.add(ROUTE, `flood ${at}`))
    sources.pass(300 * SECOND)
    repeat(1_500, at => sources.add(ROUTE, `visitor ${at}`))
    repeat(4, () => sources.add(ROUTE, 'heavy'))
    expect(sources.most()).toBe(4)
  })
})

test('a million sources that fail once cost less than two megabytes, and nobody is blamed for others', async () => {
  const { setFlagsFromString } = await import('node:v8')
  const { runInNewContext } = await import('node:vm')
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const measure = (): number => {
    collectGarbage()
    return process.memoryUsage().heapUsed
  }
  const sources = count()
  const before = measure()
  repeat(1_000_000, at => {
    sources.add(at % 2 === 0 ? ROUTE : '/sign-in', `source ${at}`)
    if (at % 1_000 === 0) sources.pass(SECOND / 2)
    if (at % 100_000 === 0) expect(sources.most()).toBe(1)
  })
  const megabytes = (measure() - before) / 2 ** 20
  expect(Object.fromEntries(sources.worst())).toEqual({ [ROUTE]: 1, '/sign-in': 1 })
  expect(megabytes).toBeLessThan(2)
})
