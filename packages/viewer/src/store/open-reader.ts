import { countTraces, listTraces } from './list-traces.ts'
import { readDropped } from './drop-counters.ts'
import { readKnownServices } from './known-services.ts'
import { readKnownTeams } from './known-teams.ts'
import { readCalls, readReach, readServed } from './read-activity.ts'
import { readExisting, readTrace } from './read-trace.ts'
import { openForReading } from './schema.ts'
import type { StoreReader } from './store.ts'
import { createWordSearch } from './word-search.ts'

/**
 * Opens a store to read it. Throws a `ThroughlineError` where there is none, or the file is something else or of another version.
 *
 * Each call sees what was stored when it began.
 */
export function openReader(path: string): StoreReader {
  const database = openForReading(path)
  const begin = database.prepare('BEGIN')
  const end = database.prepare('COMMIT')
  const searchWord = createWordSearch(database)

  /** Answers of several statements are about the same moment. */
  const atOnce = <T>(read: () => T): T => {
    begin.run()
    try {
      return read()
    } finally {
      end.run()
    }
  }

  return {
    listTraces: (search, page) => atOnce(() => listTraces(database, search, page, searchWord)),
    countTraces: (search, after) => atOnce(() => countTraces(database, search, after, searchWord)),
    readTrace: traceId => atOnce(() => readTrace(database, traceId)),
    existing: traceIds => readExisting(database, traceIds),
    services: () => readKnownServices(database),
    teams: () => readKnownTeams(database),
    dropped: () => readDropped(database),
    served: sinceMs => readServed(database, sinceMs),
    calls: sinceMs => atOnce(() => readCalls(database, sinceMs)),
    span: sinceMs => readReach(database, sinceMs),
    [Symbol.dispose]() {
      if (database.isOpen) database.close()
    },
  }
}
