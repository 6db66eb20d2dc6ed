import type { DatabaseSync } from 'node:sqlite'
import {
  createEncoderMemo,
  encodeLogs,
  encodeTraces,
  type EncoderMemo,
  type LogRecord,
  type SpanRecord,
} from '@throughline/otlp'
import type { Totals } from './totals.ts'
import { traceKey } from './trace-key.ts'

/** Most records of one chunk, so that eviction need not take a large trace whole. */
const MOST_RECORDS = 512

/** Writes what came of a trace as it came. */
export interface ChunkWriter {
  /** Adds spans of one trace, and gives the last chunk that they are in. */
  addSpans(traceId: string, spans: readonly SpanRecord[], memo: EncoderMemo): number
  /** Adds log records, each of which names its trace. */
  addLogs(logs: readonly LogRecord[]): void
}

export function createChunkWriter(database: DatabaseSync, totals: Totals): ChunkWriter {
  const insert = database.prepare('INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?)')
  const add = <T>(
    traceId: string,
    records: readonly T[],
    isLogs: 0 | 1,
    encode: (part: readonly T[]) => string,
  ): void => {
    for (let from = 0; from < records.length; from += MOST_RECORDS) {
      const part =
        records.length <= MOST_RECORDS ? records : records.slice(from, from + MOST_RECORDS)
      const payload = encode(part)
      const bytes = Buffer.byteLength(payload)
      totals.newestChunk += 1
      insert.run(
        totals.newestChunk,
        traceKey(traceId),
        traceId,
        isLogs,
        part.length,
        bytes,
        payload,
      )
      totals.bytes += bytes
    }
  }
  return {
    addSpans(traceId, spans, memo) {
      add(traceId, spans, 0, part => encodeTraces(part, memo))
      totals.spans += spans.length
      return totals.newestChunk
    },
    addLogs(logs) {
      const memo = createEncoderMemo()
      for (const [traceId = '', records] of Map.groupBy(logs, log => log.traceId)) {
        add(traceId, records, 1, part => encodeLogs(part, memo))
        totals.logs += records.length
      }
    },
  }
}
