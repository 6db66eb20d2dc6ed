import {
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_TYPE,
  ERROR_TYPE_VALUE_OTHER,
} from '@throughline/conventions'
import type { SpanRecord } from '@throughline/otlp'
import { oneLine } from './one-line.ts'
import { statusCodeOf, textOf } from './span-attributes.ts'

const MOST_CHARACTERS = 160

/**
 * Whether a span failed: its status says so, or it answered, or was answered, by 500 or above and no status says `ok`.
 * A 4xx alone is no failure: it is the caller who was wrong, and many are so on purpose.
 */
export function isFailed({ status, attributes }: SpanRecord): boolean {
  if (status !== 'unset') return status === 'error'
  const code = statusCodeOf(attributes)
  return code !== undefined && code >= 500
}

/**
 * Why a span failed, in a few words: its exception, else the status code of the answer, else what its status says:
 * `TypeError: plan is undefined`, `502`. Undefined where it did not fail, or does not say.
 */
export function failureOf(span: SpanRecord): string | undefined {
  if (!isFailed(span)) return undefined
  const words = exceptionOf(span) ?? codeOf(span) ?? textOf(span.statusMessage) ?? typeOf(span)
  return words === undefined ? undefined : oneLine(words, MOST_CHARACTERS)
}

/** The exception that a span recorded last: as a person would say it, so without `Error` where a message says more. */
function exceptionOf({ events }: SpanRecord): string | undefined {
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at]
    if (event?.name !== 'exception') continue
    const type = textOf(event.attributes[ATTR_EXCEPTION_TYPE])
    const message = textOf(event.attributes[ATTR_EXCEPTION_MESSAGE])
    if (message === undefined) return type
    return type === undefined || type === 'Error' || message.startsWith(type)
      ? message
      : `${type}: ${message}`
  }
  return undefined
}

/** The status code that an answer failed by. */
export function codeOf({ attributes }: SpanRecord): string | undefined {
  const code = statusCodeOf(attributes)
  return code !== undefined && code >= 400 ? String(code) : undefined
}

function typeOf({ attributes }: SpanRecord): string | undefined {
  const type = textOf(attributes[ATTR_ERROR_TYPE])
  return type === ERROR_TYPE_VALUE_OTHER ? undefined : type
}
