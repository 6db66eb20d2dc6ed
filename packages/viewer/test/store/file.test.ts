import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { ThroughlineError } from '@throughline/conventions'
import { expect, test } from 'vitest'
import { openReader } from '../../src/store/open-reader.ts'
import { openWriter } from '../../src/store/open-writer.ts'
import {
  createStore,
  makeLog,
  makePoint,
  makeRequest,
  makeSpan,
  storePath,
  traceId,
} from './samples.ts'

function errorOf(open: () => unknown): {
  readonly code: string
  readonly message: string
  readonly fix: string
} {
  try {
    open()
  } catch (error) {
    if (ThroughlineError.is(error))
      return { code: error.code, message: error.message, fix: error.fix }
    throw error
  }
  throw new Error('nothing was thrown')
}

test('a store that is opened again goes on where it was', () => {
  const before = createStore({ maxSpans: 3 })
  for (const trace of [1, 2, 3, 4]) before.writer.addSpans([makeSpan({ trace, atMs: trace })])
  before.writer.addLogs([makeLog({ trace: 4 })])
  before.writer.addMetrics([makePoint({ value: 5 })])
  const stored = before.writer.stored()
  before.writer[Symbol.dispose]()
  const after = createStore({ path: before.path, maxSpans: 3 })
  expect(after.writer.stored()).toEqual(stored)
  after.writer.addMetrics([makePoint({ value: 7 })])
  after.writer.addSpans([makeSpan({ trace: 5, atMs: 5 })])
  expect(after.writer.stored().newest).toBe(5)
  expect(after.reader.listTraces('', { limit: 1 }).traces[0]?.traceId).toBe(traceId(5))
  expect(after.reader.readTrace(traceId(4))?.logs).toHaveLength(1)
  expect(after.reader.dropped()).toMatchObject([{ spans: 7 }])
  expect(after.reader.services()).toHaveLength(1)
})

test('a file that is no database is refused, and stays as it is', () => {
  const path = storePath()
  const text = 'Dear diary, '.repeat(100)
  writeFileSync(path, text)
  expect(errorOf(() => openWriter({ path }))).toMatchObject({
    code: 'STORE_UNUSABLE',
    message: `${path} cannot be used as a store: file is not a database`,
  })
  expect(errorOf(() => openReader(path)).code).toBe('STORE_UNUSABLE')
  expect(readFileSync(path, 'utf8')).toBe(text)
})

test('a database of another program is refused, and stays as it is', () => {
  const path = storePath()
  const other = new DatabaseSync(path)
  other.exec('CREATE TABLE bookmarks (url TEXT)')
  other.close()
  const bytes = readFileSync(path)
  expect(errorOf(() => openWriter({ path }))).toEqual({
    code: 'STORE_FOREIGN',
    message: `${path} is a database of another program`,
    fix: 'Name another file.',
  })
  expect(errorOf(() => openReader(path)).code).toBe('STORE_FOREIGN')
  expect(readFileSync(path)).toEqual(bytes)
})

test('a store of another version is refused', () => {
  const { path, writer, reader } = createStore()
  reader[Symbol.dispose]()
  writer[Symbol.dispose]()
  const database = new DatabaseSync(path)
  database.exec('PRAGMA user_version = 999')
  database.close()
  expect(errorOf(() => openWriter({ path })).message).toBe(
    `${path} was written by another version of the viewer: its tables are of version 999, not 2`,
  )
  expect(errorOf(() => openReader(path)).code).toBe('STORE_VERSION')
})

test('a store that was cut off is refused or read, and never crashes', () => {
  const { path, writer, reader } = createStore()
  for (let trace = 1; trace <= 300; trace++) writer.addSpans([makeRequest('GET', '/', { trace })])
  reader[Symbol.dispose]()
  writer[Symbol.dispose]()
  const bytes = readFileSync(path)
  for (const part of [0.1, 0.5, 0.9]) {
    writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * part)))
    expect(errorOf(() => openWriter({ path })).code).toBe('STORE_UNUSABLE')
  }
  writeFileSync(path, bytes.fill(0x55, 8192 * 3))
  expect(errorOf(() => openWriter({ path })).code).toBe('STORE_UNUSABLE')
})

test('an empty file becomes a store', () => {
  const path = storePath()
  writeFileSync(path, '')
  const store = createStore({ path })
  store.writer.addSpans([makeSpan()])
  expect(store.reader.existing([traceId(1)])).toEqual(new Set([traceId(1)]))
})

test('a folder, and a file in a folder that is not there, are refused', () => {
  const path = storePath()
  expect(errorOf(() => openWriter({ path: `${path}/none/store.db` })).code).toBe('STORE_UNUSABLE')
  expect(errorOf(() => openReader(path)).code).toBe('STORE_NOT_FOUND')
  mkdirSync(path)
  expect(errorOf(() => openWriter({ path })).code).toBe('STORE_UNUSABLE')
})

test('a second writer is refused until the first is done', () => {
  const { path, writer } = createStore()
  expect(errorOf(() => openWriter({ path }))).toEqual({
    code: 'STORE_IN_USE',
    message: `${path} is open in another viewer`,
    fix: 'Stop the other viewer, or name another file.',
  })
  writer.addSpans([makeSpan()])
  writer[Symbol.dispose]()
  writer[Symbol.dispose]()
  using next = openWriter({ path })
  expect(next.stored().spans).toBe(1)
})

test('a store whose viewer was killed is opened again', () => {
  const { path, writer } = createStore()
  writer.addSpans([makeSpan()])
  const copy = storePath()
  // What a process that is gone leaves behind: the files, and no lock.
  for (const end of ['', '-wal', '-writer']) copyFileSync(`${path}${end}`, `${copy}${end}`)
  const after = createStore({ path: copy })
  expect(after.reader.readTrace(traceId(1))?.spans).toHaveLength(1)
})

test('what could not be written whole is not there at all, and the writer goes on', () => {
  const store = createStore()
  store.writer.addSpans([makeSpan({ trace: 1 })])
  const stored = store.writer.stored()
  const failing = makeSpan({ trace: 1, id: 3 })
  Object.defineProperty(failing, 'links', {
    get: () => {
      throw new Error('unreadable')
    },
  })
  expect(() =>
    store.writer.addSpans([makeSpan({ trace: 2 }), makeSpan({ trace: 1, id: 2 }), failing]),
  ).toThrow('unreadable')
  expect(store.writer.stored()).toEqual(stored)
  store.writer.addSpans([makeSpan({ trace: 2 })])
  expect(store.reader.listTraces('', { limit: 5 }).traces.map(trace => trace.spans)).toEqual([1, 1])
  expect(store.writer.stored()).toMatchObject({ traces: 2, spans: 2, newest: 2 })
})
