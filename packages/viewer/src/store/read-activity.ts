import type { DatabaseSync } from 'node:sqlite'
import type { ActivityGroup, CallEntry, CallWords, RouteWords, ServedEntry } from './activity.ts'
import type { CallGroup, CallTarget, ServedRequest, ServedRoute } from './store.ts'

/** Requests and jobs since a time, by service, method and route. */
export function readServed(database: DatabaseSync, sinceMs: number): ServedRoute[] {
  const routes = new Map<string, { words: RouteWords; requests: ServedRequest[] }>()
  for (const { words, entries } of readServedGroups(database, sinceMs)) {
    const key = `${words.service}\n${words.method}\n${words.route}\n${words.isJob}`
    const requests = routes.get(key)?.requests ?? []
    let isNewer = false
    for (const [startMs, durationMs, failed, traceId, spanId] of entries) {
      if (startMs < sinceMs) continue
      requests.push({ startMs, durationMs, failed: failed === 1, traceId, spanId })
      isNewer = true
    }
    // Rows come in the order of their arrival, and what was said last holds.
    if (isNewer) routes.set(key, { words, requests })
  }
  return Array.from(routes.values(), ({ words, requests }) => ({
    service: words.service,
    method: words.method,
    route: words.route,
    isJob: words.isJob,
    team: words.team,
    audience: words.audience,
    unowned: words.unowned,
    requests,
  }))
}

/** Calls since a time, by who calls whom. */
export function readCalls(database: DatabaseSync, sinceMs: number): CallGroup[] {
  const callees = readCallees(database, sinceMs)
  const groups = new Map<string, MutableCallGroup>()
  for (const { words, entries } of readGroups<CallWords, CallEntry>(database, 'calls', sinceMs)) {
    for (const [startMs, durationMs, failed, spanId] of entries) {
      if (startMs < sinceMs) continue
      const callee = callees.get(spanId)
      const key = `${words.from}\n${callee ?? `${words.target.kind}:${words.target.name}`}\n${callee === undefined}`
      let group = groups.get(key)
      if (group === undefined) {
        group = {
          from: words.from,
          target: callee === undefined ? words.target : targetOfService(callee, words.target),
          durationsMs: [],
          errors: 0,
          teams: new Set(),
        }
        groups.set(key, group)
      }
      group.durationsMs.push(durationMs)
      group.errors += failed
      if (words.team !== undefined) group.teams.add(words.team)
    }
  }
  return Array.from(groups.values(), group => ({ ...group, teams: [...group.teams].toSorted() }))
}

interface MutableCallGroup {
  readonly from: string
  readonly target: CallTarget
  readonly durationsMs: number[]
  errors: number
  readonly teams: Set<string>
}

function targetOfService(name: string, { category }: CallTarget): CallTarget {
  return { kind: 'service', name, category: category === 'queue' ? 'queue' : 'call' }
}

/** Which service answered a call, by the span of the call. */
function readCallees(database: DatabaseSync, sinceMs: number): Map<string, string> {
  const callees = new Map<string, string>()
  for (const { words, entries } of readServedGroups(database, sinceMs)) {
    for (const [, , , , , parentSpanId] of entries) {
      if (parentSpanId !== '') callees.set(parentSpanId, words.service)
    }
  }
  return callees
}

/** Start of the oldest and the newest request since a time. */
export function readReach(
  database: DatabaseSync,
  sinceMs: number,
): { readonly fromMs: number; readonly toMs: number } | undefined {
  let fromMs = Infinity
  let toMs = -Infinity
  for (const { entries } of readServedGroups(database, sinceMs)) {
    for (const [startMs] of entries) {
      if (startMs < sinceMs) continue
      fromMs = Math.min(fromMs, startMs)
      toMs = Math.max(toMs, startMs)
    }
  }
  return fromMs <= toMs ? { fromMs, toMs } : undefined
}

const readServedGroups = (
  database: DatabaseSync,
  sinceMs: number,
): Iterable<ActivityGroup<RouteWords, ServedEntry>> => readGroups(database, 'served', sinceMs)

function* readGroups<Words, Entry>(
  database: DatabaseSync,
  column: 'served' | 'calls',
  sinceMs: number,
): Iterable<ActivityGroup<Words, Entry>> {
  const rows = database
    .prepare(
      `SELECT ${column} AS groups FROM activity WHERE newest_ms >= ? AND ${column} IS NOT NULL ORDER BY chunk`,
    )
    .iterate(sinceMs)
  for (const { groups } of rows) {
    yield* JSON.parse(String(groups)) as ActivityGroup<Words, Entry>[]
  }
}
