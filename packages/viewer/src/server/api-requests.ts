import { isSpanId, isTraceId } from '@throughline/otlp'
import type { Stored } from '../api/meta.ts'
import type { ReadRequest } from '../reading/protocol.ts'
import type { Refusal } from './refusal.ts'
import type { Target } from './target.ts'

/** How many traces a list holds at most, and without `limit`. */
const MAX_LIMIT = 500
const DEFAULT_LIMIT = 100
/** A search is typed by hand, or a whole error message. */
const MAX_SEARCH_CHARACTERS = 2000
/** A year. */
const MAX_MINUTES = 525_600

/** What a path of the API asks to be read; undefined where there is no such path. */
export function parseApiRequest(
  { path, query }: Target,
  stored: () => Stored,
): ReadRequest | Refusal | undefined {
  const [, , ...parts] = path.split('/')
  const [first, second, third, fourth] = parts
  if (first === 'traces' && second === 'count' && parts.length === 2) return countRequest(query)
  if (first === 'traces' && second !== undefined) {
    return traceRequest(second.toLowerCase(), third, fourth?.toLowerCase(), parts.length)
  }
  if (parts.length !== 1) return undefined
  switch (first) {
    case 'meta':
      return { kind: 'meta', stored: stored() }
    case 'traces':
      return listRequest(query)
    case 'routes':
    case 'map':
      return overTime(first, query)
    case 'ownership':
      return { kind: 'ownership' }
    default:
      return undefined
  }
}

function traceRequest(
  traceId: string,
  part: string | undefined,
  spanId: string | undefined,
  depth: number,
): ReadRequest | Refusal | undefined {
  if (!isTraceId(traceId)) {
    return badRequest(
      `"${shorten(traceId)}" is no trace id`,
      'Give the 32 hexadecimal digits of one.',
    )
  }
  if (depth === 2) return { kind: 'trace', traceId }
  if (depth === 3 && part === 'otlp') return { kind: 'export', traceId }
  if (depth !== 4 || part !== 'spans' || spanId === undefined) return undefined
  if (isSpanId(spanId)) return { kind: 'span', traceId, spanId }
  return badRequest(`"${shorten(spanId)}" is no span id`, 'Give the 16 hexadecimal digits of one.')
}

function listRequest(query: URLSearchParams): ReadRequest | Refusal {
  const search = searchOf(query)
  const limit = wholeNumber(query, 'limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT
  if (typeof search !== 'string') return search
  if (typeof limit !== 'number') return limit
  return { kind: 'traces', search, before: query.get('before') ?? undefined, limit }
}

function countRequest(query: URLSearchParams): ReadRequest | Refusal {
  const search = searchOf(query)
  const after = wholeNumber(query, 'after', 0, Number.MAX_SAFE_INTEGER) ?? 0
  if (typeof search !== 'string') return search
  return typeof after === 'number' ? { kind: 'count', search, after } : after
}

function overTime(kind: 'routes' | 'map', query: URLSearchParams): ReadRequest | Refusal {
  const minutes = wholeNumber(query, 'minutes', 1, MAX_MINUTES)
  return minutes === undefined || typeof minutes === 'number' ? { kind, minutes } : minutes
}

function searchOf(query: URLSearchParams): string | Refusal {
  const search = query.get('q') ?? ''
  if (search.length <= MAX_SEARCH_CHARACTERS) return search
  return badRequest(
    `the search has ${search.length} characters, more than ${MAX_SEARCH_CHARACTERS}`,
    'Search for less.',
  )
}

function wholeNumber(
  query: URLSearchParams,
  name: string,
  least: number,
  most: number,
): number | Refusal | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  return badRequest(
    `${name} "${shorten(text)}" is no whole number from ${least} to ${most}`,
    `Give another ${name}, or none.`,
  )
}

const badRequest = (error: string, fix: string): Refusal => ({ status: 400, error, fix })

const shorten = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 40)}…`)
