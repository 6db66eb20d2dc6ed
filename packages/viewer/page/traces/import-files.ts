import type { Imported } from '../../src/api/trace.ts'
import { fetchJson } from '../data/fetch-json.ts'
import { formatCount } from '../parts/count-text.ts'

/** Gives files of OTLP/JSON to the viewer, one after the other. Rejects with a `RequestFailure` at the first that it refuses. */
export async function importFiles(files: readonly File[]): Promise<Imported> {
  const answers: Imported[] = []
  for (const file of files) {
    const headers = { 'content-type': 'application/json' }
    answers.push(await fetchJson<Imported>('/api/import', { method: 'POST', headers, body: file }))
  }
  return {
    traceIds: [...new Set(answers.flatMap(({ traceIds }) => traceIds))],
    spans: sum(answers.map(({ spans }) => spans)),
    logs: sum(answers.map(({ logs }) => logs)),
    rejected: sum(answers.map(({ rejected }) => rejected)),
    reason: answers.find(({ reason }) => reason !== '')?.reason ?? '',
  }
}

/** What was imported, in words: `Imported 2 traces with 31 spans and 4 logs; 1 record was left out: no trace id`. */
export function renderImported({ traceIds, spans, logs, rejected, reason }: Imported): string {
  const what = `${count(traceIds.length, 'trace')} with ${count(spans, 'span')}`
  const withLogs = logs === 0 ? what : `${what} and ${count(logs, 'log')}`
  if (rejected === 0) return `Imported ${withLogs}`
  const were = rejected === 1 ? 'was' : 'were'
  return `Imported ${withLogs}; ${count(rejected, 'record')} ${were} left out: ${reason}`
}

const count = (number: number, noun: string): string =>
  `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
