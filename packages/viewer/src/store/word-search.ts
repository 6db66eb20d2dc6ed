import type { DatabaseSync } from 'node:sqlite'
import { decodeLogs, decodeTraces, type Encoding } from '@throughline/otlp'
import { decodeStored } from './decode-stored.ts'
import { logSays, spanSays } from './record-text.ts'

/** Gives the ids of the traces of which a span or a log record says a word. */
export type WordSearch = (word: string) => readonly string[]

/** Words whose findings are remembered: a live list asks for the same again and again. */
const MOST_WORDS = 4

/** What was found of a word so far. */
interface Findings {
  /** Last chunk, or log, that was read. What is stored never changes, so none is read twice. */
  until: number
  /** The last in which it was found, by trace. */
  readonly traces: Map<string, number>
}

/** Whether the bytes of a payload may say a text, in small letters, as it stands in protobuf and in JSON, where anything may be escaped. */
const MAY_SAY = `(:mustRead OR CASE encoding WHEN 'protobuf' THEN instr(lower(payload), :text)
  ELSE instr(lower(payload), :inJson) OR instr(payload, '\\u') OR instr(payload, '\\/') END)`

/** Chunks of which a trace would not be found without its spans. */
const CHUNKS = `SELECT id, encoding, payload FROM chunks WHERE id > :until AND EXISTS (
    SELECT 1 FROM json_each(chunks.traces) JOIN traces ON number = value WHERE NOT instr(words, :text)) AND ${MAY_SAY} ORDER BY id`

const LOGS = `SELECT id, trace_id, payload FROM (SELECT *, 'json' AS encoding FROM logs)
  WHERE id > :until AND ${MAY_SAY} ORDER BY id`

const REACH = `SELECT min(id) AS first, max(id) AS last FROM (SELECT id FROM chunks UNION ALL SELECT id FROM logs)`

/**
 * Makes a search of what is stored. It looks only through what came since it was asked for the same word, and decodes only what may say
 * it and is not of traces alone that are found by what is known of them.
 */
export function createWordSearch(database: DatabaseSync): WordSearch {
  const reach = database.prepare(REACH)
  const chunks = database.prepare(CHUNKS)
  const logs = database.prepare(LOGS)
  const remembered = new Map<string, Findings>()

  const recall = (text: string): Findings => {
    const findings = remembered.get(text) ?? { until: 0, traces: new Map() }
    remembered.delete(text)
    remembered.set(text, findings)
    for (const other of remembered.keys()) {
      if (remembered.size <= MOST_WORDS) break
      remembered.delete(other)
    }
    return findings
  }

  return word => {
    const text = word.toLowerCase()
    const findings = recall(text)
    const { traces, until } = findings
    const { first, last } = reach.get() as unknown as {
      readonly first: number | null
      readonly last: number | null
    }
    for (const [traceId, at] of traces) if (at < (first ?? Infinity)) traces.delete(traceId)
    const inJson = JSON.stringify(text).slice(1, -1)
    const asked = { until, text, inJson, mustRead: mustRead(text) }
    for (const row of chunks.iterate(asked)) {
      const { id, encoding, payload } = row as unknown as StoredChunk
      for (const traceId of tracesThatSay(payload, encoding, text)) traces.set(traceId, id)
    }
    for (const row of logs.iterate(asked)) {
      const { id, trace_id: traceId, payload } = row as unknown as StoredLogs
      if (logsSay(payload, text)) traces.set(traceId, id)
    }
    findings.until = last ?? until
    return [...traces.keys()]
  }
}

/** Whether payloads have to be decoded to see: other letters fold to other bytes, and numbers and ids are no text in protobuf. */
function mustRead(text: string): 0 | 1 {
  return /^[\x20-\x7e]+$/.test(text) && !/^[\d.e+-]+$|^[0-9a-f]{16}$/.test(text) ? 0 : 1
}

interface StoredChunk {
  readonly id: number
  readonly encoding: Encoding
  readonly payload: Uint8Array
}

interface StoredLogs {
  readonly id: number
  readonly trace_id: string
  readonly payload: Uint8Array
}

function tracesThatSay(payload: Uint8Array, encoding: Encoding, text: string): Set<string> {
  const found = new Set<string>()
  for (const span of decodeStored(decodeTraces, payload, encoding) ?? []) {
    if (!found.has(span.traceId) && spanSays(span, text)) found.add(span.traceId)
  }
  return found
}

function logsSay(payload: Uint8Array, text: string): boolean {
  return decodeLogs(payload, 'json').records.some(record => logSays(record, text))
}
