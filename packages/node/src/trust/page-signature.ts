import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { SpanContext } from '@opentelemetry/api'
import {
  THROUGHLINE_TRACE_RESTARTED_VALUE_EXPIRED_SIGNATURE,
  THROUGHLINE_TRACE_RESTARTED_VALUE_INVALID_SIGNATURE,
} from '@throughline/conventions'

/** How long after it was rendered a page continues its trace. */
const PAGE_SIGNATURE_VALID_MS = 15 * 60 * 1000

/** What a signature turned out to be: valid, or why the trace is not continued. */
export type SignatureVerdict =
  | 'valid'
  | typeof THROUGHLINE_TRACE_RESTARTED_VALUE_INVALID_SIGNATURE
  | typeof THROUGHLINE_TRACE_RESTARTED_VALUE_EXPIRED_SIGNATURE

/** The trace that a page belongs to, and whether it is sampled: what a signature vouches for. */
export type SignedTrace = Pick<SpanContext, 'traceId' | 'traceFlags'>

/** Signs the traces of pages that are rendered here, so that the calls of a page can be told from those of strangers. */
export interface PageSignature {
  /** Value for our member of `tracestate`. */
  sign(trace: SignedTrace): string
  /** What `value` proves about `trace`. Never throws, whatever it is given. */
  check(value: string, trace: SignedTrace): SignatureVerdict
}

const VERSION = '1'
const SHAPE = /^1\.([0-9a-z]{1,9})\.([\w-]{43})$/

/**
 * Makes a {@link PageSignature}: version, expiry in seconds since 1970, and HMAC-SHA256 over both and over the trace.
 *
 * Signs with the first of `secrets` and accepts all of them. Without any, the key is this process's own, so that a call
 * that another process answers starts a trace of its own.
 */
export function createPageSignature(
  secrets: readonly string[],
  now: () => number = Date.now,
): PageSignature {
  const [key, ...older] = secrets.length === 0 ? [randomBytes(32)] : secrets.map(deriveKey)
  const keys = [key as Buffer, ...older]
  return {
    sign(trace) {
      const expiry = Math.ceil((now() + PAGE_SIGNATURE_VALID_MS) / 1000).toString(36)
      return `${VERSION}.${expiry}.${digest(key as Buffer, trace, expiry).toString('base64url')}`
    },
    check(value, trace) {
      const [, expiry, given] = SHAPE.exec(value) ?? []
      if (expiry === undefined || given === undefined)
        return THROUGHLINE_TRACE_RESTARTED_VALUE_INVALID_SIGNATURE
      const signature = Buffer.from(given, 'base64url')
      const isOurs = keys.some(one => timingSafeEqual(digest(one, trace, expiry), signature))
      if (!isOurs) return THROUGHLINE_TRACE_RESTARTED_VALUE_INVALID_SIGNATURE
      return now() < Number.parseInt(expiry, 36) * 1000
        ? 'valid'
        : THROUGHLINE_TRACE_RESTARTED_VALUE_EXPIRED_SIGNATURE
    },
  }
}

/** The secret itself signs nothing, so that no signature is of any use where the secret is asked for. */
const deriveKey = (secret: string): Buffer =>
  createHmac('sha256', secret).update('throughline page signature').digest()

const digest = (key: Buffer, { traceId, traceFlags }: SignedTrace, expiry: string): Buffer =>
  createHmac('sha256', key).update(`${VERSION}.${traceId}.${traceFlags}.${expiry}`).digest()
