import type { Attributes, HrTime } from '@opentelemetry/api'

/** A method, whatever its object. */
export type Method = (this: unknown, ...args: unknown[]) => unknown
/** Makes what takes the place of a method. */
export type Patch = (original: Method) => Method

/** The parts of `PgInstrumentation` that are replaced; its own types call them private, so its version is pinned. */
export interface PgPatches {
  /** For `query` of `Client`, native or not. */
  _getClientQueryPatch(): Patch
  /** For `connect` of `Pool`, by which `pool.query` goes as well. */
  _getPoolConnectPatch(): Patch
  recordOperationDuration(attributes: Attributes, startTime: HrTime): void
}
