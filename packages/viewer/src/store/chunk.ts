import {
  createEncoderMemo,
  encodeTraces,
  type Encoding,
  type ReceivedBody,
  type SpanRecord,
} from '@throughline/otlp'

/** Spans that are kept, read and removed together. */
export interface Chunk {
  readonly spans: readonly SpanRecord[]
  readonly encoding: Encoding
  /** An `ExportTraceServiceRequest`. */
  readonly payload: Uint8Array
}

/** Most of a request that is kept as it came: to read one of its traces, all of it is decoded. SDKs send 512 spans at once. */
const MOST_SPANS_AS_SENT = 2048
const MOST_BYTES_AS_SENT = 1024 * 1024

/** Most spans of a chunk that is encoded here. */
const MOST_SPANS = 512

/** Divides spans into chunks: one with the body that they came in, or several with bodies of their own where that is too large or not there. */
export function* divide(spans: readonly SpanRecord[], body?: ReceivedBody): Generator<Chunk> {
  if (
    body !== undefined &&
    spans.length <= MOST_SPANS_AS_SENT &&
    body.bytes.length <= MOST_BYTES_AS_SENT
  ) {
    yield { spans, encoding: body.encoding, payload: body.bytes }
    return
  }
  const memo = createEncoderMemo()
  for (let from = 0; from < spans.length; from += MOST_SPANS) {
    const part = spans.slice(from, from + MOST_SPANS)
    yield { spans: part, encoding: 'json', payload: Buffer.from(encodeTraces(part, memo)) }
  }
}
