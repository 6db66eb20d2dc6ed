import { addressOf, ask, type Place } from './ask.ts'
import { findAt } from './find-at.ts'
import type { SeenTrace, TraceSource } from './found-trace.ts'
import { isJsonObject, type JsonObject, listObjects } from './json.ts'
import { oneLine } from './one-line.ts'

/** How many traces are named where one is not found. */
const NEWEST = 5

/** Most traces that it lists at once: among them an id is looked for by its start. */
const MAX_LISTED = 500

/** The viewer that `throughline view` starts. It knows more of a trace's gaps than its spans say. */
export function createViewerSource(place: Place): TraceSource {
  const name = `the viewer at ${addressOf(place)}`
  const askForObject = async (path: string): Promise<JsonObject | undefined> => {
    const answer = await ask(place, path)
    return answer.state === 'found' && isJsonObject(answer.body) ? answer.body : undefined
  }
  return {
    name,
    async complete(start) {
      // Its search finds whole ids only.
      const list = await askForObject(`/api/traces?limit=${MAX_LISTED}`)
      return listObjects(list?.['traces'])
        .map(({ traceId }) => String(traceId))
        .filter(id => id.startsWith(start))
    },
    async find(traceId) {
      const found = await findAt(place, [`/api/traces/${traceId}/otlp`])
      // Absent where the trace went to make room between the two.
      const view = found && (await askForObject(`/api/traces/${traceId}`))
      return found && view ? { ...found, seen: readView(view) } : found
    },
    async adviseOnMissing() {
      const list = await askForObject(`/api/traces?limit=${NEWEST}`)
      const newest = listObjects(list?.['traces'])
      if (newest.length === 0) {
        return `nothing has arrived there yet; set OTEL_EXPORTER_OTLP_ENDPOINT=${addressOf(place)} in the application`
      }
      return [
        'check the id; the newest there are:',
        ...newest.map(
          ({ traceId, title, outcome }) =>
            `       ${oneLine(`${String(traceId)}  ${String(title)}  ${String(outcome)}`)}`,
        ),
      ].join('\n')
    },
  }
}

/** What is used of a view; lists are empty where a viewer of another version has none. */
const readView = ({ gaps, spans }: JsonObject): SeenTrace => ({
  gaps: listObjects(gaps) as unknown as SeenTrace['gaps'],
  spans: listObjects(spans) as unknown as SeenTrace['spans'],
})
