import type { DatabaseSync } from 'node:sqlite'
import type { LogRecord, MetricPoint, ReceivedBody, SpanRecord } from '@throughline/otlp'
import { DEFAULT_STORE_LIMITS } from './default-limits.ts'
import { createDropCounters, lossOf, type Loss } from './drop-counters.ts'
import { createEviction } from './eviction.ts'
import { createLogWriter } from './log-writer.ts'
import { explain, openForWriting, prepareTables } from './schema.ts'
import { createSpanWriter } from './span-writer.ts'
import type { StoreWriter, WriterOptions } from './store.ts'
import { createTotalsWriter, readTotals, type Totals } from './totals.ts'
import { createTraceDrafts } from './trace-drafts.ts'
import { lockForWriting } from './writer-lock.ts'

/**
 * Opens a store to write to it, and makes it where there is none. Throws a `ThroughlineError` where the file is something else, is of
 * another version, or is open in another viewer.
 *
 * What a call adds is kept whole, or, where it throws, not at all. Log records of no trace are not kept.
 */
export function openWriter(options: WriterOptions): StoreWriter {
  const database = openForWriting(options.path)
  let lock: Disposable | undefined
  try {
    lock = lockForWriting(options.path)
    prepareTables(database)
    return createWriter(database, lock, options)
  } catch (error) {
    database.close()
    lock?.[Symbol.dispose]()
    throw explain(options.path, error)
  }
}

function createWriter(
  database: DatabaseSync,
  lock: Disposable,
  options: WriterOptions,
): StoreWriter {
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  let session = createSession(database, options)

  const change = (write: (session: Session) => void): void => {
    begin.run()
    try {
      write(session)
      session.finish()
      commit.run()
    } catch (error) {
      rollBack(database)
      // What is in memory is of the transaction that never was.
      session = createSession(database, options)
      throw error
    }
  }

  return {
    addSpans(spans: readonly SpanRecord[], body?: ReceivedBody) {
      if (spans.length > 0) change(({ addSpans }) => addSpans(spans, body))
    },
    addLogs(logs: readonly LogRecord[]) {
      const ofTraces = logs.filter(log => log.traceId !== undefined)
      if (ofTraces.length > 0) change(({ addLogs }) => addLogs(ofTraces))
    },
    addMetrics(points: readonly MetricPoint[]) {
      const losses = points.flatMap(point => lossOf(point) ?? [])
      if (losses.length > 0) change(({ countLoss }) => losses.forEach(countLoss))
    },
    stored() {
      const { newestChunk: _, ...stored } = session.totals
      return stored
    },
    [Symbol.dispose]() {
      if (!database.isOpen) return
      database.close()
      lock[Symbol.dispose]()
    },
  }
}

function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // SQLite did so itself, as when the disk is full.
  }
}

/** What is in memory of the store. */
interface Session {
  readonly totals: Totals
  readonly addSpans: StoreWriter['addSpans']
  readonly addLogs: StoreWriter['addLogs']
  readonly countLoss: (loss: Loss) => void
  /** Makes room, and writes the totals. */
  readonly finish: () => void
}

function createSession(
  database: DatabaseSync,
  {
    maxSpans = DEFAULT_STORE_LIMITS.maxSpans,
    maxBytes = DEFAULT_STORE_LIMITS.maxBytes,
    teamOf = () => undefined,
    serviceOfHost = () => undefined,
  }: WriterOptions,
): Session {
  const totals = readTotals(database)
  const writeTotals = createTotalsWriter(database)
  const drafts = createTraceDrafts(database)
  const evict = createEviction(database, { maxSpans, maxBytes })
  return {
    totals,
    addSpans: createSpanWriter({ database, totals, drafts, teamOf, serviceOfHost }),
    addLogs: createLogWriter(database, totals),
    countLoss: createDropCounters(database),
    finish() {
      drafts.forgetUntil(evict(totals))
      writeTotals(totals)
    },
  }
}
