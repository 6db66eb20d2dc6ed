import type { DatabaseSync } from 'node:sqlite'
import { createEncoderMemo, encodeLogs, type LogRecord } from '@throughline/otlp'
import type { Totals } from './totals.ts'
import { traceKey } from './trace-key.ts'

/** Most records that are kept, read and removed together. */
const MOST_RECORDS = 512

/** Gives what writes log records, each of which names its trace. */
export function createLogWriter(
  database: DatabaseSync,
  totals: Totals,
): (logs: readonly LogRecord[]) => void {
  const insert = database.prepare('INSERT INTO logs VALUES (?, ?, ?, ?, ?, ?)')
  return logs => {
    const memo = createEncoderMemo()
    for (const [traceId = '', records] of Map.groupBy(logs, log => log.traceId)) {
      for (let from = 0; from < records.length; from += MOST_RECORDS) {
        const part = records.slice(from, from + MOST_RECORDS)
        const payload = Buffer.from(encodeLogs(part, memo))
        totals.newestChunk += 1
        insert.run(
          totals.newestChunk,
          traceKey(traceId),
          traceId,
          part.length,
          payload.length,
          payload,
        )
        totals.logs += part.length
        totals.bytes += payload.length
      }
    }
  }
}
