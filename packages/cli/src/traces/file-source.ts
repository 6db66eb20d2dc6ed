import { readInput } from '../read-input.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import type { TraceSource } from './found-trace.ts'
import { readPayload } from './payload.ts'

/** The name of a file that stands for what is piped in. */
const PIPED = '-'

/** Reads a file of traces, or what is piped in for `-`. Throws a UsageError where there is none, or none in a format that is known. */
export async function openFileSource(path: string, terminal: Terminal): Promise<TraceSource> {
  const name = path === PIPED ? 'what is piped in' : path
  const text = path === PIPED ? await terminal.read() : readInput(path, terminal.cwd).text
  if (text === undefined) {
    throw new UsageError('nothing is piped in', 'pipe a trace in, or name a file with --file')
  }
  const found = readPayload(parseJson(text, name), name)
  if (found === undefined) {
    throw new UsageError(
      `${name} is JSON, but no trace`,
      'export one from the page of the viewer or of Jaeger, or save an answer of Tempo',
    )
  }
  const traceIds = [...new Set(found.spans.map(({ traceId }) => traceId))]
  return {
    name,
    complete: start => Promise.resolve(traceIds.filter(id => id.startsWith(start))),
    find(traceId) {
      const spans = found.spans.filter(span => span.traceId === traceId)
      const logs = found.logs.filter(log => log.traceId === traceId)
      return Promise.resolve(spans.length === 0 ? undefined : { spans, logs, notes: found.notes })
    },
    adviseOnMissing: () =>
      Promise.resolve(
        traceIds.length === 0
          ? 'export the trace again'
          : ['check the id; it has:', ...traceIds.map(id => `       ${id}`)].join('\n'),
      ),
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(
      `${name} is not JSON: ${(error as Error).message}`,
      'export the trace as JSON',
    )
  }
}
