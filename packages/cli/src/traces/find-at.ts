import { ThroughlineError } from '@throughline/conventions'
import { addressOf, ask, explainPage, type Place } from './ask.ts'
import type { FoundTrace } from './found-trace.ts'
import { isJsonObject } from './json.ts'
import { oneLine } from './one-line.ts'
import { readPayload } from './payload.ts'

/**
 * Asks for a trace at one path after the other, until one has it: which of them there are depends on the version. Nothing where it
 * is at none.
 */
export async function findAt(
  place: Place,
  paths: readonly string[],
): Promise<FoundTrace | undefined> {
  const states = new Set<string>()
  for (const path of paths) {
    // One after the other: the second is asked only where the first is not there.
    const answer = await ask(place, path)
    states.add(answer.state)
    if (answer.state !== 'found') continue
    const found = readPayload(answer.body, `${addressOf(place)}${path}`)
    if (found === undefined) throw unknownFormat(place, path)
    if (found.spans.length > 0) return { ...found, notes: [...noteOf(answer.body), ...found.notes] }
  }
  if (!states.has('missing') && !states.has('found')) throw explainPage(place)
  return undefined
}

/** What Tempo says of a trace that it gives in part. */
function noteOf(body: unknown): readonly string[] {
  const message = isJsonObject(body) ? body['message'] : undefined
  return typeof message === 'string' && message !== '' ? [oneLine(message)] : []
}

function unknownFormat(place: Place, path: string): ThroughlineError {
  return new ThroughlineError(`${addressOf(place)}${path} answers with JSON that is no trace`, {
    code: 'TRACE_SOURCE',
    fix: `name the address of ${place.what} with --url`,
  })
}
