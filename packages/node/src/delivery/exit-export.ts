import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { OtlpPlace } from './otlp-request.ts'

/** What is left to be sent. */
export interface ExitLetter {
  readonly place: OtlpPlace
  readonly body: Uint8Array
}

/** What the sending thread is given. */
export interface ExitMail {
  readonly letters: readonly ExitLetter[]
  readonly timeoutMs: number
  /** Its first element becomes 1 when each letter was answered or cannot be. */
  readonly answered: Int32Array
}

/**
 * Sends what is left while the process exits, and waits for the answers up to `deadlineMs`; for an `exit` listener, where
 * nothing asynchronous runs any more. Costs a thread for the time of one request. What fails is lost without a word.
 */
export function sendAtExit(letters: readonly ExitLetter[], deadlineMs: number): void {
  if (letters.length === 0 || deadlineMs <= 0) return
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const mail: ExitMail = { letters, timeoutMs: deadlineMs, answered }
  const sender = new Worker(new URL(`exit-sender${extname(import.meta.url)}`, import.meta.url), {
    workerData: mail,
    execArgv: [],
  })
  sender.on('error', () => undefined)
  Atomics.wait(answered, 0, 0, deadlineMs)
}
