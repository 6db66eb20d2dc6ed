import type { TraceSource } from './found-trace.ts'
import { findAt } from './find-at.ts'
import { addressOf, type Place } from './ask.ts'

/** Jaeger's query service: `GET /api/v3/traces/<id>`, which loses nothing of OTLP, and that of its page before there was one. */
export function createJaegerSource(place: Place): TraceSource {
  const name = `Jaeger at ${addressOf(place)}`
  return {
    name,
    find: id => findAt(place, [`/api/v3/traces/${id}`, `/api/traces/${id}`]),
    adviseOnMissing: () =>
      Promise.resolve('check the id, and whether Jaeger still keeps what is as old'),
  }
}
