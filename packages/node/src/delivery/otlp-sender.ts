import { STATUS_CODES } from 'node:http'
import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import type { ISerializer } from '@opentelemetry/otlp-transformer'
import { parseRetryAfter } from './backoff.ts'
import type { Delivery } from './delivery.ts'
import type { ExitLetter } from './exit-export.ts'
import { postOtlp, readTarget, type OtlpAnswer, type OtlpPlace } from './otlp-request.ts'

/** Sends what a signal of OTLP is made of: spans or log records. */
export interface Sender<Item> {
  /** Sends a batch once. Never rejects, and takes no longer than `OTEL_EXPORTER_OTLP_TIMEOUT`. */
  send(items: readonly Item[]): Promise<Delivery>
  /** From now on no attempt takes longer than this, that which is under way included. */
  limitAttempts(timeoutMs: number): void
}

/** What is left, as it is sent to `place` while the process exits; none when nothing is, or when it cannot be written. */
export function writeLetter<Item>(
  place: OtlpPlace,
  serializer: ISerializer<Item[], unknown>,
  items: readonly Item[],
): ExitLetter[] {
  if (items.length === 0) return []
  try {
    const body = serializer.serializeRequest([...items])
    return body === undefined ? [] : [{ place, body }]
  } catch {
    // Nobody could read a report of it any more.
    return []
  }
}

/** A sender to a collector. What `place` does not say it reads from `OTEL_EXPORTER_OTLP_*` when it first sends. */
export function createSender<Item>(
  place: OtlpPlace,
  serializer: ISerializer<Item[], unknown>,
): Sender<Item> {
  let target: ReturnType<typeof readTarget> | undefined
  let limitMs = Number.POSITIVE_INFINITY
  let cancel = new AbortController()

  const encode = (items: readonly Item[]): Uint8Array | Error => {
    try {
      return serializer.serializeRequest([...items]) ?? new Uint8Array()
    } catch (error) {
      return error as Error
    }
  }
  const post = async (items: readonly Item[]): Promise<Delivery> => {
    cancel = new AbortController()
    const { signal } = cancel
    const body = encode(items)
    if (body instanceof Error) {
      return { outcome: 'refused', reason: 'failed', detail: body.message }
    }
    const to = await (target ??= readTarget(place))
    const answer = await postOtlp(to, body, Math.min(to.timeoutMs, limitMs), signal)
    return judge(answer, items.length, data => serializer.deserializeResponse(data))
  }
  return {
    // What telemetry sends is no call of the application.
    send: items =>
      context.with(suppressTracing(ROOT_CONTEXT), () => post(items).catch(describeFailure)),
    limitAttempts(timeoutMs) {
      limitMs = timeoutMs
      const { signal } = cancel
      setTimeout(() => signal === cancel.signal && cancel.abort(), timeoutMs).unref()
    },
  }
}

/** Statuses by which OTLP asks to come back later. */
const RETRYABLE = new Set([429, 502, 503, 504])

function judge(
  answer: OtlpAnswer,
  count: number,
  deserialize: (body: Uint8Array) => unknown,
): Delivery {
  if ('error' in answer) return describeFailure(answer.error)
  const { status, retryAfter } = answer
  if (status >= 200 && status <= 299) {
    return { outcome: 'taken', ...readPartialSuccess(answer, count, deserialize) }
  }
  const detail = `${status} ${STATUS_CODES[status] ?? ''}`.trim()
  return RETRYABLE.has(status)
    ? { outcome: 'failed', reason: 'throttled', detail, retryAfterMs: parseRetryAfter(retryAfter) }
    : { outcome: 'refused', reason: 'rejected', detail }
}

const MAX_REMARK_LENGTH = 200

interface PartialSuccess {
  readonly rejectedSpans?: unknown
  readonly rejectedLogRecords?: unknown
  readonly errorMessage?: unknown
}

function readPartialSuccess(
  { body, contentType }: Extract<OtlpAnswer, { body: Buffer }>,
  count: number,
  deserialize: (body: Uint8Array) => unknown,
): { readonly rejected: number; readonly remark: string | undefined } {
  const nothing = { rejected: 0, remark: undefined }
  if (body.length === 0) return nothing
  if (contentType !== undefined && !/json|protobuf/.test(contentType)) {
    return { rejected: 0, remark: `it answers in ${printable(contentType)}, which is not OTLP` }
  }
  try {
    const { partialSuccess = {} } = deserialize(body) as { partialSuccess?: PartialSuccess }
    const rejected = Number(partialSuccess.rejectedSpans ?? partialSuccess.rejectedLogRecords ?? 0)
    const { errorMessage: message } = partialSuccess
    return {
      rejected: Number.isInteger(rejected) ? Math.min(Math.max(rejected, 0), count) : 0,
      remark: typeof message === 'string' && message !== '' ? printable(message) : undefined,
    }
  } catch {
    // It was taken, by its status; what else the collector had to say is lost.
    return nothing
  }
}

/** Text that others wrote, for one line on stderr. */
function printable(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, MAX_REMARK_LENGTH)
}

function describeFailure(error: Error & { readonly code?: unknown }): Delivery {
  const reason =
    error.code === 'ECONNREFUSED' ? 'refused' : error.code === 'ETIMEDOUT' ? 'timeout' : 'failed'
  return { outcome: 'failed', reason, detail: messageOf(error), retryAfterMs: undefined }
}

/** A connection that failed at each address of a name has a message for each, and none itself. */
function messageOf(error: Error): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(', ')
  // OpenSSL's end with a line break.
  return printable(error.message)
}
