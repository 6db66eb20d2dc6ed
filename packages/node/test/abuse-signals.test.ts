import { describe, expect, test } from 'vitest'
import { createMetrics } from '../src/metrics/instruments.ts'
import { countAbuse } from '../src/requests/abuse-signals.ts'
import { createFailingSources } from '../src/requests/failing-sources.ts'
import type { FinishedRequest } from '../src/requests/request.ts'
import { makeRequest } from './make-request.ts'

interface Signals {
  /** Tells of a request. */
  readonly tell: (request: Partial<FinishedRequest>) => void
  readonly pass: (ms: number) => void
  readonly text: () => Promise<string>
  /** What is served of a metric: labels with value. */
  readonly read: (metric: string) => Promise<string[]>
}

function watch(): Signals {
  let now = 0
  const metrics = createMetrics({ maxSeries: 2_000 })
  const listener = countAbuse(
    metrics,
    createFailingSources(() => now),
  )
  const text = (): Promise<string> => metrics.scrape()
  return {
    tell: request => listener(makeRequest(request)),
    pass: ms => void (now += ms),
    text,
    read: async metric =>
      (await text())
        .split('\n')
        .filter(line => line.startsWith(`throughline_${metric}{`))
        .map(line => line.slice(line.indexOf('{')))
        .toSorted(),
  }
}

describe('auth failures', () => {
  test.for([
    [{ status: 401 }, 'unauthenticated'],
    [{ status: 403 }, 'forbidden'],
    [{ status: 401, authFailure: 'expired_credentials' }, 'expired_credentials'],
    [{ status: 303, authFailure: 'invalid_credentials' }, 'invalid_credentials'],
    [{ status: 200, authFailure: 'missing_credentials' }, 'missing_credentials'],
    [{ status: undefined, authFailure: 'invalid_credentials' }, 'invalid_credentials'],
    [{ status: 503, authFailure: 'unverifiable' }, 'unverifiable'],
  ] as const)('%j is one, of the reason %s', async ([request, reason]) => {
    const { tell, read } = watch()
    tell(request)
    expect(await read('auth_failures_total')).toEqual([
      `{http_route="/items/:id",reason="${reason}"} 1`,
    ])
  })

  test.for([200, 303, 400, 402, 404, 407, 422, 429, 500, undefined])(
    'the status %s is none',
    async status => {
      const { tell, read } = watch()
      tell({ status })
      expect(await read('auth_failures_total')).toEqual([])
      expect(await read('auth_failures_single_source')).toEqual([])
    },
  )

  test('of paths that no route matches are together', async () => {
    const { tell, read } = watch()
    tell({ status: 401, route: undefined, path: '/admin.php' })
    tell({ status: 401, route: undefined, path: '/wp-login' })
    expect(await read('auth_failures_total')).toEqual([
      '{http_route="unmatched",reason="unauthenticated"} 2',
    ])
  })
})

describe('the failures of one source', () => {
  const fail = ({ tell }: Signals, times: number, source: string | undefined, more = {}): void => {
    for (let at = 0; at < times; at += 1) tell({ status: 401, readSource: () => source, ...more })
  }

  test('are those of the worst, by route', async () => {
    const signals = watch()
    fail(signals, 3, '192.0.2.1')
    fail(signals, 2, '192.0.2.2')
    fail(signals, 1, '192.0.2.2', { route: '/sign-in' })
    expect(await signals.read('auth_failures_single_source')).toEqual([
      '{http_route="/items/:id"} 3',
      '{http_route="/sign-in"} 1',
    ])
  })

  test('go up, go down, and are gone when nothing is left of them', async () => {
    const signals = watch()
    fail(signals, 2, '192.0.2.1')
    signals.pass(150_000)
    fail(signals, 1, '192.0.2.1')
    expect(await signals.read('auth_failures_single_source')).toEqual([
      '{http_route="/items/:id"} 3',
    ])
    signals.pass(150_000)
    expect(await signals.read('auth_failures_single_source')).toEqual([
      '{http_route="/items/:id"} 1',
    ])
    signals.pass(150_000)
    expect(await signals.read('auth_failures_single_source')).toEqual([])
    expect(await signals.read('auth_failures_total')).toEqual([
      '{http_route="/items/:id",reason="unauthenticated"} 3',
    ])
  })

  test('count a /64 network of IPv6 as one source, and IPv4 in IPv6 form as IPv4', async () => {
    const signals = watch()
    fail(signals, 1, '2001:db8:1:2::1')
    fail(signals, 1, '2001:db8:1:2:ffff::9')
    fail(signals, 1, '2001:db8:1:3::1')
    fail(signals, 2, '192.0.2.1', { route: '/mixed' })
    fail(signals, 2, '::ffff:192.0.2.1', { route: '/mixed' })
    expect(await signals.read('auth_failures_single_source')).toEqual([
      '{http_route="/items/:id"} 2',
      '{http_route="/mixed"} 4',
    ])
  })

  test('leave out what is no fault of a caller, and callers without an address', async () => {
    const signals = watch()
    fail(signals, 5, '192.0.2.1', { authFailure: 'unverifiable' })
    fail(signals, 5, undefined)
    expect(await signals.read('auth_failures_single_source')).toEqual([])
    expect(await signals.read('auth_failures_total')).toHaveLength(2)
  })

  test('name no address', async () => {
    const signals = watch()
    const addresses = ['192.0.2.77', '2001:db8:77:77::1']
    for (const address of addresses) fail(signals, 3, address)
    const text = await signals.text()
    for (const part of ['192.0.2', '2001', 'db8', '77']) expect(text).not.toContain(part)
  })
})

describe('rate limits', () => {
  test('are requests that were answered 429, or said to be refused; once each', async () => {
    const { tell, read } = watch()
    tell({ status: 429 })
    tell({ status: 503, rateLimited: true })
    tell({ status: 429, rateLimited: true })
    tell({ status: 503 })
    expect(await read('rate_limited_total')).toEqual(['{http_route="/items/:id"} 3'])
  })
})

describe('blocked replays', () => {
  const answering =
    (headers: Readonly<Record<string, string>>): FinishedRequest['answerHeader'] =>
    name =>
      headers[name]

  test.for([
    [{ 'idempotency-replayed': 'true' }, 1],
    [{ 'idempotency-replayed': 'True' }, 1],
    [{ 'idempotency-replayed': '1' }, 1],
    [{ 'idempotent-replayed': 'true' }, 1],
    [{ 'idempotency-replayed': 'false' }, 0],
    [{ 'idempotency-replayed': '0' }, 0],
    [{ 'idempotency-replayed': '' }, 0],
    [{}, 0],
  ] as const)('an answer with %j counts %i', async ([headers, times]) => {
    const { tell, read } = watch()
    tell({ method: 'POST', answerHeader: answering(headers) })
    expect(await read('replays_blocked_total')).toHaveLength(times)
  })

  test('are those that the application tells of, too, and none is counted twice', async () => {
    const { tell, read } = watch()
    tell({ method: 'POST', status: 409, replayBlocked: true })
    tell({
      method: 'POST',
      replayBlocked: true,
      answerHeader: answering({ 'idempotency-replayed': 'true' }),
    })
    expect(await read('replays_blocked_total')).toEqual(['{http_route="/items/:id"} 2'])
  })

  test('are not looked for where nothing is changed', async () => {
    const { tell, read } = watch()
    tell({ method: 'GET', answerHeader: answering({ 'idempotency-replayed': 'true' }) })
    expect(await read('replays_blocked_total')).toEqual([])
  })
})
