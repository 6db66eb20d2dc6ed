import type { TraceSource } from './found-trace.ts'
import { findAt } from './find-at.ts'
import { addressOf, type Place } from './ask.ts'

/** Tempo: `GET /api/v2/traces/<id>`, and the older `GET /api/traces/<id>`. */
export function createTempoSource(place: Place): TraceSource {
  const name = `Tempo at ${addressOf(place)}`
  return {
    name,
    find: id => findAt(place, [`/api/v2/traces/${id}`, `/api/traces/${id}`]),
    adviseOnMissing: () =>
      Promise.resolve(
        'check the id; a trace is there some seconds after its last span, and until it is too old to be kept',
      ),
  }
}
