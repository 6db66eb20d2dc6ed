import { closeSync, writeSync } from 'node:fs'

/** How long a line waits for others to be written together with it, in milliseconds. */
const GATHER_MS = 10

/** What a pipe of Linux takes whole or not at all (`PIPE_BUF`): no line of another writer gets into the midst of ours. */
const MAX_CHUNK = 4096

/** Most that waits for a slow reader, in characters: some 3,000 lines. */
const MAX_PENDING = 1 << 20

/** Pauses before a reader that takes no more is tried again, in milliseconds. */
const RETRY_MS = { first: 5, last: 200 } as const

/** Why lines were not written: the reader is too slow, it is gone, or the write failed otherwise. */
export type LineDropReason = 'buffer_full' | 'closed' | 'failed'

/** What a {@link LineWriter} is made of. */
export interface LineWriterOptions {
  /** Opens what is written to, at the first line. A write to it must not wait for a reader. */
  readonly open: () => number
  /** Told of lines that are lost. */
  readonly onDropped: (lines: number, reason: LineDropReason, error: Error | undefined) => void
}

/** Writes lines in order, and never waits for who reads them. */
export interface LineWriter {
  /** Takes a line, with its end. */
  write(line: string): void
  /** Resolves when all lines so far are written or lost, which may be never where nobody reads. */
  flush(): Promise<void>
  /** Writes what is left while the process exits; waits for a slow reader up to `deadlineMs`. */
  flushAtExit(deadlineMs: number): void
  /** Closes what was opened; a later line opens it again. */
  close(): void
}

interface Chunk {
  text: string
  lines: number
}

/** Makes a {@link LineWriter}. It costs a timer for each batch of lines, and keeps no process alive. */
export function createLineWriter({ open, onDropped }: LineWriterOptions): LineWriter {
  let fd: number | undefined
  let chunks: Chunk[] = []
  /** The chunk that is being written, as far as it is not. */
  let current: { bytes: Buffer; readonly chunk: Chunk } | undefined
  let pending = 0
  let timer: NodeJS.Timeout | undefined
  let retryMs: number = RETRY_MS.first
  const waiting: (() => void)[] = []

  const run = (): void => {
    clearTimeout(timer)
    timer = undefined
    const before = pending
    if (writeOut()) {
      retryMs = RETRY_MS.first
      for (const done of waiting.splice(0)) done()
      return
    }
    retryMs = pending < before ? RETRY_MS.first : Math.min(retryMs * 2, RETRY_MS.last)
    timer = setTimeout(run, retryMs).unref()
  }

  /** Writes until all is written or lost, or the reader takes no more; false then. */
  const writeOut = (): boolean => {
    try {
      fd ??= open()
      while ((current ??= nextChunk()) !== undefined) {
        const written = writeSync(fd, current.bytes)
        current.bytes = current.bytes.subarray(written)
        if (current.bytes.length > 0) continue
        pending -= current.chunk.text.length
        current = undefined
      }
      return true
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EAGAIN') return false
      dropAll(code === 'EPIPE' ? 'closed' : 'failed', error as Error)
      return true
    }
  }

  const nextChunk = (): typeof current => {
    const chunk = chunks.shift()
    return chunk && { bytes: Buffer.from(chunk.text), chunk }
  }

  const dropAll = (reason: LineDropReason, error: Error): void => {
    const lost = current === undefined ? chunks : [current.chunk, ...chunks]
    const lines = lost.reduce((sum, chunk) => sum + chunk.lines, 0)
    chunks = []
    current = undefined
    pending = 0
    if (lines > 0) onDropped(lines, reason, error)
  }

  return {
    write(line) {
      if (pending + line.length > MAX_PENDING) {
        onDropped(1, 'buffer_full', undefined)
        return
      }
      pending += line.length
      const last = chunks.at(-1)
      if (last === undefined || last.text.length + line.length > MAX_CHUNK) {
        chunks.push({ text: line, lines: 1 })
      } else {
        last.text += line
        last.lines += 1
      }
      timer ??= setTimeout(run, GATHER_MS).unref()
    },
    flush: () =>
      new Promise(resolve => {
        waiting.push(resolve)
        run()
      }),
    flushAtExit(deadlineMs) {
      const until = performance.now() + deadlineMs
      const pause = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
      while (!writeOut() && performance.now() < until) Atomics.wait(pause, 0, 0, RETRY_MS.first)
    },
    close() {
      // Not stdout itself: that is the application's.
      if (fd !== undefined && fd > 2) closeSync(fd)
      fd = undefined
    },
  }
}
