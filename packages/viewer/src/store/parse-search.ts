import { nearest } from '@throughline/catalog'

/** A term of a search that narrows it. */
export type SearchTerm =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'traceId'; readonly traceId: string }
  | { readonly kind: 'facet'; readonly name: FacetName; readonly value: string }
  | { readonly kind: 'failed'; readonly failed: boolean }
  /** Status codes, both included. */
  | { readonly kind: 'status'; readonly from: number; readonly to: number }
  | { readonly kind: 'duration'; readonly is: 'above' | 'below'; readonly ms: number }

export type FacetName = 'service' | 'team' | 'route' | 'method'

/** What is asked for: all of it has to be so. */
export interface Search {
  readonly terms: readonly (SearchTerm & { readonly isExcluded: boolean })[]
  /** What was not understood, and is left out. */
  readonly complaints: readonly string[]
}

/** A person types no more, and each costs time. */
const MOST_TERMS = 20
const MOST_CHARACTERS = 200

const FACETS: readonly FacetName[] = ['service', 'team', 'route', 'method']
const NAMES: readonly string[] = [...FACETS, 'status']

/** A name and colon, then a text in quotes, whose end may be missing, or all up to a space. */
const TOKEN = /-?(?:[a-z]+:)?(?:"(?:[^"\\]|\\.)*(?:"|$)|[^\s"][^\s]*)?/giy

/** Reads the text of the search box; see `TraceList`. */
export function parseSearch(text: string): Search {
  const terms: (SearchTerm & { isExcluded: boolean })[] = []
  const complaints: string[] = []
  for (const token of splitTokens(text)) {
    if (terms.length === MOST_TERMS) {
      complaints.push(`only the first ${MOST_TERMS} terms count`)
      break
    }
    const isExcluded = token.startsWith('-') && token.length > 1
    const term = parseTerm(isExcluded ? token.slice(1) : token)
    if (typeof term === 'string') complaints.push(term)
    else terms.push({ ...term, isExcluded })
  }
  return { terms, complaints }
}

function splitTokens(text: string): string[] {
  const tokens: string[] = []
  const rest = new RegExp(TOKEN)
  let at = 0
  while (at < text.length) {
    rest.lastIndex = at
    const token = rest.exec(text)?.[0] ?? ''
    if (token !== '') tokens.push(token)
    at += token.length || 1
  }
  return tokens
}

/** The term that `token` is, or what is wrong with it. */
function parseTerm(token: string): SearchTerm | string {
  const [, name, rest] = /^([a-z]+):(.*)$/is.exec(token) ?? []
  if (name !== undefined && rest !== undefined) {
    const known = name.toLowerCase()
    if (known === 'status') return parseStatus(unquote(rest))
    const facet = FACETS.find(candidate => candidate === known)
    if (facet !== undefined) return parseFacet(facet, unquote(rest))
    const meant = nearest(known, NAMES)
    // `http:` and `TypeError:` are words.
    if (meant !== undefined && rest !== '' && !rest.startsWith('/')) {
      return `${show(token)} is no term; ${meant}:${rest} may be meant`
    }
  }
  if (/^[<>]/.test(token)) return parseDuration(token)
  const text = unquote(token)
  if (text === '') return `${show(token)} has nothing to look for`
  if (/^[0-9a-f]{32}$/i.test(text)) return { kind: 'traceId', traceId: text.toLowerCase() }
  if (text.length > MOST_CHARACTERS) {
    return `${show(token)} is longer than ${MOST_CHARACTERS} characters`
  }
  return { kind: 'word', text }
}

function parseFacet(name: FacetName, value: string): SearchTerm | string {
  if (value === '') return `${name}: has no value, as in ${name}:${EXAMPLES[name]}`
  return { kind: 'facet', name, value }
}

const EXAMPLES: Readonly<Record<FacetName, string>> = {
  service: 'web',
  team: 'billing',
  route: '/invoices/[id]',
  method: 'POST',
}

function parseStatus(value: string): SearchTerm | string {
  const status = value.toLowerCase()
  if (status === 'error' || status === 'ok') return { kind: 'failed', failed: status === 'error' }
  const [, digit] = /^([1-5])xx$/.exec(status) ?? []
  if (digit !== undefined) {
    return { kind: 'status', from: Number(digit) * 100, to: Number(digit) * 100 + 99 }
  }
  if (/^[1-9]\d\d$/.test(status)) {
    return { kind: 'status', from: Number(status), to: Number(status) }
  }
  const meant = nearest(status, ['error', 'ok', '5xx', '4xx'])
  const hint = meant === undefined ? '' : `; status:${meant} may be meant`
  return `status:${show(value)} is none of error, ok, a code as 502, and a class as 5xx${hint}`
}

const UNITS: Readonly<Record<string, number>> = {
  us: 0.001,
  µs: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
}

function parseDuration(token: string): SearchTerm | string {
  const [, sign, digits, unit] = /^([<>])(\d+(?:\.\d+)?)([a-zµ]+)$/i.exec(token) ?? []
  const factor = unit === undefined ? undefined : UNITS[unit.toLowerCase()]
  if (sign === undefined || digits === undefined || factor === undefined) {
    return `${show(token)} is no duration, as >500ms and <1s are`
  }
  return { kind: 'duration', is: sign === '>' ? 'above' : 'below', ms: Number(digits) * factor }
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value
  const end = value.length > 1 && value.endsWith('"') ? value.length - 1 : value.length
  return value.slice(1, end).replaceAll(/\\(["\\])/g, '$1')
}

function show(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}
