import { readFileSync } from 'node:fs'
import { decodeTraces, type SpanRecord } from '@throughline/otlp'

/** What `npm run demo` sent to its collector in its ten scenarios, as OTLP, without stacks and the command lines of processes. */
export function readDemo(): readonly SpanRecord[] {
  const sent = readFileSync(new URL('fixtures/demo-traces.json', import.meta.url))
  return decodeTraces(sent, 'json').records
}
