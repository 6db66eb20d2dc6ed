import type { Encoding, Signal } from './decode.ts'

const REJECTED_FIELD: Readonly<Record<Signal, string>> = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
}

/** Media type of each encoding. */
export const CONTENT_TYPES: Readonly<Record<Encoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
}

/** The encoding that a `content-type` names, or undefined when it is neither. */
export function encodingOf(contentType: string | undefined): Encoding | undefined {
  const [type] = (contentType ?? '').split(';')
  const name = type?.trim().toLowerCase()
  return name === CONTENT_TYPES.protobuf
    ? 'protobuf'
    : name === CONTENT_TYPES.json
      ? 'json'
      : undefined
}

/** Body of an `Export…ServiceResponse`: empty, or with what was rejected and why. */
export function exportReply(
  signal: Signal,
  encoding: Encoding,
  rejected: number,
  reason: string,
): Buffer {
  if (encoding === 'json') {
    const partialSuccess = { [REJECTED_FIELD[signal]]: String(rejected), errorMessage: reason }
    return Buffer.from(JSON.stringify(rejected === 0 ? {} : { partialSuccess }))
  }
  if (rejected === 0) return Buffer.alloc(0)
  return bytesField(
    1,
    Buffer.concat([varintField(1, rejected), bytesField(2, Buffer.from(reason))]),
  )
}

/** Body of a `google.rpc.Status`, which OTLP/HTTP wants for every error. */
export function statusReply(encoding: Encoding, code: number, message: string): Buffer {
  return encoding === 'json'
    ? Buffer.from(JSON.stringify({ code, message }))
    : Buffer.concat([varintField(1, code), bytesField(2, Buffer.from(message))])
}

function varintField(field: number, value: number): Buffer {
  return Buffer.from([field << 3, ...varint(value)])
}

function bytesField(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(field << 3) | 2, ...varint(bytes.length)]), bytes])
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]
}
