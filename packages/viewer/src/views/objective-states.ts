import type { DecidedObjective } from '@throughline/catalog'
import type { ObjectiveState } from '../api/routes.ts'
import { decimal, percentile } from './percentile.ts'

/** The requests of a route, as a promise is held against them. */
export interface Measured {
  /** Durations of all requests, in milliseconds, from the shortest. */
  readonly sortedMs: readonly number[]
  readonly errors: number
}

/** Requests below which nothing is said to be kept, however loose the promise. */
const FEWEST_REQUESTS = 20

/** Each promise of a route, and whether it is kept. */
export function statesOf(
  { availability, latency }: Pick<DecidedObjective, 'availability' | 'latency'>,
  { sortedMs, errors }: Measured,
): readonly ObjectiveState[] {
  const states: ObjectiveState[] = []
  const requests = sortedMs.length
  if (availability !== undefined) {
    states.push({
      promise: `${availability} % succeed`,
      measured: requests === 0 ? 'no requests' : `${shareOf(requests - errors, requests)} %`,
      state: judge(requests, errors, (100 - availability) / 100),
    })
  }
  for (const name of ['p50', 'p95', 'p99'] as const) {
    const limit = latency?.[name]
    if (limit === undefined) continue
    const share = Number(name.slice(1)) / 100
    const slow = sortedMs.filter(ms => ms > limit.ms).length
    states.push({
      promise: `${name} below ${roundedMs(limit.ms)} ms`,
      measured: requests === 0 ? 'no requests' : `${roundedMs(percentile(sortedMs, share))} ms`,
      state: judge(requests, slow, 1 - share),
    })
  }
  return states
}

/**
 * Whether a promise is kept of which a share may fail.
 *
 * It is met only once there are so many requests that one of them may fail: 1000 for 99.9 %, and 20 at least. It is missed as
 * soon as more failed than may of that many, however few there were.
 */
function judge(requests: number, failed: number, mayFail: number): ObjectiveState['state'] {
  const share = decimal(mayFail)
  const enough = Math.max(FEWEST_REQUESTS, Math.ceil(decimal(1 / share)))
  if (failed > decimal(share * Math.max(requests, enough))) return 'missed'
  return requests < enough ? 'unknown' : 'met'
}

/** A percentage that is 100 only where all are in it. */
function shareOf(part: number, whole: number): number {
  const share = (100 * part) / whole
  return part === whole ? 100 : Math.floor(decimal(share * 100)) / 100
}

const roundedMs = (ms: number): number => (ms < 10 ? Math.round(ms * 100) / 100 : Math.round(ms))
