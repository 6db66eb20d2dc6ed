import { createHmac, randomBytes } from 'node:crypto'

/** Gives the id of the trace of a page that had none from us, by the id that its browser made: always the same one. */
export type DeriveTraceId = (said: string) => string

/**
 * Makes a {@link DeriveTraceId} that nobody can predict, so that nobody writes into a trace whose id was seen somewhere.
 *
 * Processes that share a secret derive alike; without one, each has a key of its own.
 */
export function createTraceIdDeriver([secret]: readonly string[]): DeriveTraceId {
  const key = secret ?? randomBytes(32)
  return said =>
    createHmac('sha256', key).update(`throughline page trace ${said}`).digest('hex').slice(0, 32)
}
