import { context, diag, trace } from '@opentelemetry/api'
import {
  METRIC_DB_CLIENT_CONNECTION_COUNT,
  METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS,
} from '@throughline/conventions'
import type { Metrics } from '../metrics/instruments.ts'
import type { PgPatches } from './pg-patches.ts'

interface Endpoint {
  readonly host?: string
  readonly port?: number
  readonly database?: string
}

/** The parts of a Pool of pg-pool that are read. */
interface Pool {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
  readonly ending: boolean
  readonly options: Endpoint
  readonly _clients: readonly { readonly connectionParameters?: Endpoint }[]
}

/** A pool, held weakly: one that its application has dropped is nobody's any more. */
interface KnownPool {
  readonly name: string
  readonly pool: WeakRef<Pool>
}

/** Connections of all pools of one name. */
interface Connections {
  used: number
  idle: number
  pending: number
}

/** Serves the connections of the pools it is told of, read at each scrape; pools of one name are added up. */
export function measurePools(metrics: Metrics): (pool: Pool) => void {
  const count = metrics.instrument(METRIC_DB_CLIENT_CONNECTION_COUNT)
  const pending = metrics.instrument(METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS)
  const told = new WeakSet<Pool>()
  const known = new Set<KnownPool>()
  const collected = new FinalizationRegistry<KnownPool>(pool => void known.delete(pool))
  let served: readonly string[] = []

  metrics.onScrape(() => {
    const connections = addUp(known)
    for (const name of served) {
      if (connections.has(name)) continue
      for (const state of ['used', 'idle']) count.remove([name, state])
      pending.remove([name])
    }
    for (const [name, now] of connections) {
      count.set([name, 'used'], now.used)
      count.set([name, 'idle'], now.idle)
      pending.set([name], now.pending)
    }
    served = [...connections.keys()]
  })
  return pool => {
    if (told.has(pool)) return
    told.add(pool)
    const entry = { name: nameOf(pool), pool: new WeakRef(pool) }
    known.add(entry)
    collected.register(pool, entry)
  }
}

/** Connections by name of pool; pools that have ended are dropped from `known`. */
function addUp(known: Set<KnownPool>): ReadonlyMap<string, Connections> {
  const byName = new Map<string, Connections>()
  for (const entry of known) {
    const pool = entry.pool.deref()
    if (pool === undefined || (pool.ending && pool.totalCount === 0)) {
      known.delete(entry)
      continue
    }
    const sum = byName.get(entry.name) ?? { used: 0, idle: 0, pending: 0 }
    sum.used += pool.totalCount - pool.idleCount
    sum.idle += pool.idleCount
    sum.pending += pool.waitingCount
    byName.set(entry.name, sum)
  }
  return byName
}

/**
 * What OpenTelemetry's conventions call a pool without a name.
 *
 * By the parameters of a connection, where there is one: only they hold what pg made of a connection string, of the
 * environment and of its defaults.
 */
function nameOf({ _clients: [client], options }: Pool): string {
  const { host, port, database } = client?.connectionParameters ?? options
  return `${host || 'unknown_host'}:${port || 'unknown_port'}/${database || 'unknown_database'}`
}

/** Calls `tell` with each pool whenever a connection of it is asked for, inside of a request or not. */
export function watchPools(patches: PgPatches, tell: (pool: Pool) => void): void {
  patches._getPoolConnectPatch = () => original =>
    function connect(callback) {
      // A caller that waits is called by the one who gives its connection back, in the context of that one.
      const own =
        typeof callback === 'function' && trace.getSpan(context.active()) !== undefined
          ? context.bind(context.active(), callback)
          : callback
      const result: unknown = Reflect.apply(original, this, [own])
      try {
        // Now it has its first connection, or what will become one.
        tell(this as Pool)
      } catch (error) {
        diag.error('a pool of pg is not measured', error)
      }
      return result
    }
}
