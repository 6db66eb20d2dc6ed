import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { ThroughlineError } from '@throughline/conventions'

/** Says that a file of SQLite is ours: `TLvw`. */
const APPLICATION = 0x544c7677

/** Counts up whenever the tables change. */
const VERSION = 2

/**
 * `chunks` holds what was sent of spans, request by request, and which traces are in it; `logs` the log records of one trace that came
 * together. Their ids count up together, and say what is older. All else is drawn from them as they come, so that a list or a table need
 * not read them: `traces` has a row for each trace, and `activity` one for each chunk. Most traces are in one chunk; those that others
 * are in before their last are in `earlier_chunks`.
 */
const TABLES = `
  CREATE TABLE chunks (id INTEGER PRIMARY KEY, spans INTEGER NOT NULL, bytes INTEGER NOT NULL, traces TEXT NOT NULL, encoding TEXT NOT NULL,
    payload BLOB NOT NULL);
  CREATE TABLE logs (id INTEGER PRIMARY KEY, trace_key INTEGER NOT NULL, trace_id TEXT NOT NULL, records INTEGER NOT NULL, bytes INTEGER NOT NULL,
    payload BLOB NOT NULL);
  CREATE INDEX logs_by_trace ON logs (trace_key);
  CREATE TABLE earlier_chunks (trace INTEGER, chunk INTEGER, PRIMARY KEY (trace, chunk)) WITHOUT ROWID;
  CREATE TABLE traces (number INTEGER PRIMARY KEY, trace_key INTEGER NOT NULL, trace_id TEXT NOT NULL, start_ms REAL NOT NULL, duration_ms REAL NOT NULL,
    failed INTEGER NOT NULL, status INTEGER, last_chunk INTEGER NOT NULL, evicted INTEGER NOT NULL DEFAULT 0, facets TEXT NOT NULL,
    words TEXT NOT NULL, summary TEXT NOT NULL, draft TEXT NOT NULL);
  CREATE INDEX traces_by_key ON traces (trace_key);
  CREATE INDEX traces_by_start ON traces (start_ms);
  CREATE TABLE activity (chunk INTEGER PRIMARY KEY, oldest_ms REAL, newest_ms REAL NOT NULL, served TEXT, calls TEXT);
  CREATE TABLE links (chunk INTEGER NOT NULL, trace_id TEXT NOT NULL, span_id TEXT NOT NULL, other_trace_id TEXT NOT NULL,
    other_span_id TEXT NOT NULL);
  CREATE INDEX links_by_other ON links (other_trace_id);
  CREATE INDEX links_by_chunk ON links (chunk);
  CREATE TABLE services (name TEXT PRIMARY KEY, queries INTEGER NOT NULL, serves INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE teams (name TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE dropped (service TEXT, instance TEXT, metric TEXT, reason TEXT, spans REAL NOT NULL, last REAL NOT NULL,
    at_ms REAL NOT NULL, PRIMARY KEY (service, instance, metric, reason)) WITHOUT ROWID;
  CREATE TABLE totals (traces INTEGER NOT NULL, spans INTEGER NOT NULL, logs INTEGER NOT NULL, bytes INTEGER NOT NULL,
    evicted_spans INTEGER NOT NULL, newest INTEGER NOT NULL, newest_chunk INTEGER NOT NULL);
  INSERT INTO totals VALUES (0, 0, 0, 0, 0, 0, 0);
`

/** Opens the file to write to it, and changes nothing in it yet. Throws a {@link ThroughlineError}. */
export function openForWriting(path: string): DatabaseSync {
  return open(path, { readOnly: false }, database => {
    if (!isNew(database)) checkVersion(database, path)
  })
}

/** Makes the tables where there are none, and sets what a writer needs. */
export function prepareTables(database: DatabaseSync): void {
  // A crash of the machine may cost what is stored, which a crash of the viewer may not.
  database.exec('PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000')
  const mustMake = isNew(database)
  if (mustMake) database.exec('PRAGMA page_size = 8192')
  database.exec('PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 33554432')
  if (!mustMake) return
  database.exec(
    `BEGIN; PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${VERSION}; ${TABLES} COMMIT`,
  )
}

function isNew(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined
}

/** Opens the file of a writer to read from it. Throws a {@link ThroughlineError}. */
export function openForReading(path: string): DatabaseSync {
  if (!existsSync(path)) {
    throw new ThroughlineError(`There is no store at ${path}`, {
      code: 'STORE_NOT_FOUND',
      fix: 'Start the viewer with this file first.',
    })
  }
  return open(path, { readOnly: true }, database => {
    checkVersion(database, path)
    database.exec('PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000')
  })
}

function open(
  path: string,
  { readOnly }: { readonly readOnly: boolean },
  prepare: (database: DatabaseSync) => void,
): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { readOnly })
    database.exec('PRAGMA busy_timeout = 5000')
    prepare(database)
    return database
  } catch (error) {
    database?.close()
    throw explain(path, error)
  }
}

function checkVersion(database: DatabaseSync, path: string): void {
  const { application_id: application } = { ...database.prepare('PRAGMA application_id').get() }
  const { user_version: version } = { ...database.prepare('PRAGMA user_version').get() }
  if (application !== APPLICATION) {
    throw new ThroughlineError(`${path} is a database of another program`, {
      code: 'STORE_FOREIGN',
      fix: 'Name another file.',
    })
  }
  if (version !== VERSION) {
    throw new ThroughlineError(
      `${path} was written by another version of the viewer: its tables are of version ${String(version)}, not ${VERSION}`,
      { code: 'STORE_VERSION', fix: 'Name another file, or remove this one.' },
    )
  }
}

/** What went wrong with a file, with a way out. */
export function explain(path: string, cause: unknown): ThroughlineError {
  if (ThroughlineError.is(cause)) return cause
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new ThroughlineError(`${path} cannot be used as a store: ${reason}`, {
    code: 'STORE_UNUSABLE',
    fix: 'Name another file, or remove this one if it is of no use.',
    cause,
  })
}
