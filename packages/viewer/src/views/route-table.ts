import type { Owner } from '@throughline/catalog'
import type { RouteRow, RouteTable, TraceRef } from '../api/routes.ts'
import type { CatalogReading } from '../live-catalog.ts'
import type { ServedRequest, ServedRoute } from '../store/store.ts'
import { statesOf } from './objective-states.ts'
import { percentile } from './percentile.ts'
import type { TimeWindow } from './time-window.ts'

/** Stretches that the history of a route has. */
const STRETCHES = 24

/** Rate, errors and durations of each route, the busiest first. */
export function createRouteTable(
  served: readonly ServedRoute[],
  catalog: CatalogReading,
  window: TimeWindow,
): RouteTable {
  return {
    seconds: window.seconds,
    routes: served
      .map(route => rowOf(route, catalog, window))
      .toSorted((a, b) => b.requests - a.requests),
  }
}

/** Owner of a route or queue, by the catalog as it is now; undefined without one. */
export function ownerOfRoute(
  { service, method, route, isJob }: Pick<ServedRoute, 'service' | 'method' | 'route' | 'isJob'>,
  catalog: CatalogReading,
): Owner | undefined {
  if (catalog.state !== 'ready') return undefined
  const { resolver } = catalog
  return isJob ? resolver.queue(service, route) : resolver.route(service, method, route)
}

function rowOf(served: ServedRoute, catalog: CatalogReading, window: TimeWindow): RouteRow {
  const { service, method, route, isJob, requests } = served
  const owner = ownerOfRoute(served, catalog)
  const objective =
    catalog.state === 'ready' && !isJob
      ? catalog.resolver.objective(service, method, route)
      : undefined
  const failed = requests.filter(request => request.failed)
  const sortedMs = requests.map(({ durationMs }) => durationMs).toSorted((a, b) => a - b)
  const errors = failed.length
  return {
    service,
    method,
    route,
    isJob,
    team: owner?.team ?? served.team,
    audience: owner === undefined ? served.audience : owner.audience,
    unowned: owner === undefined ? served.unowned : owner.unowned,
    decidedBy: owner?.decidedBy?.at,
    requests: requests.length,
    rate: requests.length / window.seconds,
    errors,
    p50Ms: percentile(sortedMs, 0.5),
    p95Ms: percentile(sortedMs, 0.95),
    p99Ms: percentile(sortedMs, 0.99),
    lastSeenMs: requests.reduce((last, { startMs }) => Math.max(last, startMs), 0),
    history: historyOf(requests, window),
    objectives: objective === undefined ? [] : statesOf(objective, { sortedMs, errors }),
    slowest: refOf(slowestOf(requests)),
    failing: refOf(latestOf(failed)),
  }
}

function historyOf(
  requests: readonly ServedRequest[],
  { fromMs, toMs }: TimeWindow,
): RouteRow['history'] {
  const stretches = Array.from({ length: STRETCHES }, () => ({ requests: 0, errors: 0 }))
  for (const { startMs, failed } of requests) {
    const place = Math.floor(((startMs - fromMs) / (toMs - fromMs)) * STRETCHES)
    const stretch = stretches[Math.min(Math.max(place, 0), STRETCHES - 1)]
    if (stretch === undefined) continue
    stretch.requests += 1
    if (failed) stretch.errors += 1
  }
  return stretches
}

type MaybeRequest = ServedRequest | undefined

const slowestOf = (requests: readonly ServedRequest[]): MaybeRequest =>
  requests.reduce<MaybeRequest>(
    (slowest, request) =>
      slowest === undefined || request.durationMs > slowest.durationMs ? request : slowest,
    undefined,
  )

const latestOf = (requests: readonly ServedRequest[]): MaybeRequest =>
  requests.reduce<MaybeRequest>(
    (latest, request) =>
      latest === undefined || request.startMs > latest.startMs ? request : latest,
    undefined,
  )

const refOf = (request: MaybeRequest): TraceRef | undefined =>
  request && { traceId: request.traceId, spanId: request.spanId, durationMs: request.durationMs }
