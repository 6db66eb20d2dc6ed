import { formatDuration } from '@throughline/trace/format-duration'
import type { RouteRow } from '../../src/api/routes.ts'
import { counted } from '@throughline/monitoring/report-words'
import { promiseState } from './route-promise.ts'
import { routeTitle } from './route-key.ts'
import { formatCount } from '../parts/count-text.ts'

/** `14 routes in 3 services: 2 miss what they promise; 31 of 1,204 requests failed; the slowest p95 is POST /api/billing/plan at 1.20 s.` */
export function summarizeRoutes(rows: readonly RouteRow[]): string {
  const services = new Set(rows.map(({ service }) => service)).size
  const slowest = rows.toSorted((left, right) => right.p95Ms - left.p95Ms)[0]
  const parts = [
    sayPromises(rows),
    sayFailures(rows),
    ...(slowest === undefined
      ? []
      : [`the slowest p95 is ${routeTitle(slowest)} at ${formatDuration(slowest.p95Ms)}`]),
  ]
  return `${counted(rows.length, 'route')} in ${counted(services, 'service')}: ${parts.join('; ')}.`
}

function sayPromises(rows: readonly RouteRow[]): string {
  const states = rows.map(promiseState)
  const missed = states.filter(state => state === 'missed').length
  if (missed === 1) return '1 misses what it promises'
  if (missed > 1) return `${missed} miss what they promise`
  const kept = states.filter(state => state === 'met').length
  if (kept > 0) return 'none misses what it promises'
  return states.includes('unknown')
    ? 'too few requests to say whether promises are kept'
    : 'none promises anything'
}

function sayFailures(rows: readonly RouteRow[]): string {
  const sum = (read: (row: RouteRow) => number): number =>
    rows.reduce((total, row) => total + read(row), 0)
  const errors = sum(row => row.errors)
  return errors === 0
    ? 'no request failed'
    : `${formatCount(errors)} of ${formatCount(sum(row => row.requests))} requests failed`
}
