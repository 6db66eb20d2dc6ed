import type { Instrumentation } from '@opentelemetry/instrumentation'
import type { MendingMeans } from './library-list.ts'
import type { PgPatches } from './pg-patches.ts'
import { measurePools, watchPools } from './pg-pools.ts'
import { tellFailures } from './pg-queries.ts'

/**
 * Mends what OpenTelemetry's instrumentation of pg measures, before pg is loaded.
 *
 * It refreshes its figures of pools only when a connection changes hands, keeps one set of them for all pools, and sees
 * none that is used outside of a request; and it counts a failed query that was awaited as one without an error.
 */
export function mendPg(instrumentation: Instrumentation, { metrics }: MendingMeans): void {
  const patches = instrumentation as unknown as PgPatches
  watchPools(patches, measurePools(metrics))
  tellFailures(patches)
}
