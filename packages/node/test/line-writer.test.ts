import { execFileSync } from 'node:child_process'
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createLineWriter, type LineDropReason, type LineWriter } from '../src/logs/line-writer.ts'

interface Pipe {
  readonly writer: LineWriter
  readonly dropped: [number, LineDropReason][]
  /** All that can be read now. */
  read(): string
  closeReader(): void
}

/** A writer to a real pipe, which holds 64 KiB. */
function openPipe(): Pipe {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-lines-'))
  const path = join(folder, 'pipe')
  execFileSync('mkfifo', [path])
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const dropped: [number, LineDropReason][] = []
  const writer = createLineWriter({
    open: () => openSync(path, constants.O_WRONLY | constants.O_NONBLOCK),
    onDropped: (lines, reason) => void dropped.push([lines, reason]),
  })
  let readerOpen = true
  const closeReader = (): void => {
    if (readerOpen) closeSync(reader)
    readerOpen = false
  }
  onTestFinished(() => {
    writer.close()
    closeReader()
    rmSync(folder, { recursive: true })
  })
  const buffer = Buffer.alloc(1 << 20)
  return {
    writer,
    dropped,
    closeReader,
    read() {
      let text = ''
      for (;;) {
        try {
          const length = readSync(reader, buffer)
          if (length === 0) return text
          text += buffer.toString('utf8', 0, length)
        } catch {
          // Nothing there.
          return text
        }
      }
    },
  }
}

const lineOf = (index: number): string => `${JSON.stringify({ index, text: 'é'.repeat(100) })}\n`
const indexesIn = (text: string): number[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => (JSON.parse(line) as { index: number }).index)
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

test('lines are written whole and in order', async () => {
  const { writer, read, dropped } = openPipe()
  for (const index of upTo(100)) writer.write(lineOf(index))
  await writer.flush()
  expect(indexesIn(read())).toEqual(upTo(100))
  expect(dropped).toEqual([])
})

test('a reader that is late gets every line once it reads', async () => {
  const { writer, read, dropped } = openPipe()
  // Three times what the pipe holds.
  for (const index of upTo(1_000)) writer.write(lineOf(index))
  const flushed = writer.flush()
  let text = ''
  const reading = setInterval(() => (text += read()), 5)
  await flushed
  clearInterval(reading)
  expect(indexesIn(text + read())).toEqual(upTo(1_000))
  expect(dropped).toEqual([])
})

test('what a stuck reader leaves over a million characters is dropped and counted, and writing waits for nothing', async () => {
  const { writer, read, dropped } = openPipe()
  const line = `${'x'.repeat(1023)}\n`
  const from = performance.now()
  for (let written = 0; written < 1024; written += 1) writer.write(line)
  expect(dropped).toEqual([])
  writer.write(line)
  expect(dropped).toEqual([[1, 'buffer_full']])
  expect(performance.now() - from).toBeLessThan(500)
  writer.flushAtExit(50)
  expect(read()).toHaveLength(64 * 1024)
  writer.flushAtExit(50)
  expect(read()).toHaveLength(64 * 1024)
})

test('the exit waits for a stuck reader as long as it is allowed to, and no longer', () => {
  const { writer } = openPipe()
  for (const index of upTo(1_000)) writer.write(lineOf(index))
  const from = performance.now()
  writer.flushAtExit(100)
  expect(performance.now() - from).toBeGreaterThanOrEqual(100)
  expect(performance.now() - from).toBeLessThan(1_000)
})

test('the exit writes what is left', () => {
  const { writer, read } = openPipe()
  writer.write(lineOf(0))
  writer.flushAtExit(1_000)
  expect(indexesIn(read())).toEqual([0])
})

test('lines for a reader that is gone are dropped and counted', async () => {
  const { writer, dropped, closeReader } = openPipe()
  writer.write(lineOf(0))
  await writer.flush()
  closeReader()
  for (const index of upTo(50)) writer.write(lineOf(index))
  await writer.flush()
  expect(dropped).toEqual([[50, 'closed']])
})

test('output that cannot be opened costs its lines only', async () => {
  const dropped: [number, LineDropReason][] = []
  const writer = createLineWriter({
    open: () => openSync('/nowhere/at/all', 'w'),
    onDropped: (lines, reason) => void dropped.push([lines, reason]),
  })
  writer.write('a\n')
  await writer.flush()
  expect(dropped).toEqual([[1, 'failed']])
})

test('a file takes lines at the end of what it holds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-lines-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'file')
  const fd = openSync(path, 'a')
  const writer = createLineWriter({ open: () => fd, onDropped: () => undefined })
  for (const text of ['one\n', 'two\n']) {
    writer.write(text)
    await writer.flush()
  }
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n')
})
