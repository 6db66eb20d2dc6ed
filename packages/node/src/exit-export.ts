import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { Protocol } from './environment.ts'

/** What the sending thread is given. */
export interface ExitLetter {
  readonly body: Uint8Array
  readonly contentType: string
  readonly timeoutMs: number
  /** Its first element becomes 1 when the collector has answered or cannot be reached. */
  readonly answered: Int32Array
}

const ENCODINGS = {
  'http/json': { serializer: JsonTraceSerializer, contentType: 'application/json' },
  'http/protobuf': { serializer: ProtobufTraceSerializer, contentType: 'application/x-protobuf' },
} as const

/**
 * Sends spans while the process exits, and waits for the answer up to `deadlineMs`; for an `exit` listener, where
 * nothing asynchronous runs any more. Costs a thread for the time of one request. What fails is lost without a word.
 */
export function exportAtExit(spans: ReadableSpan[], protocol: Protocol, deadlineMs: number): void {
  const { serializer, contentType } = ENCODINGS[protocol]
  const body = serializer.serializeRequest(spans)
  if (body === undefined) return
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  // Less than the exporter's first pause before it tries again: there is no time for a second try.
  const letter: ExitLetter = { body, contentType, timeoutMs: deadlineMs * 0.75, answered }
  const sender = new Worker(new URL(`exit-sender${extname(import.meta.url)}`, import.meta.url), {
    workerData: letter,
    execArgv: [],
  })
  sender.on('error', () => undefined)
  Atomics.wait(answered, 0, 0, deadlineMs)
}
