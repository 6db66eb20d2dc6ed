import { METHODS } from './vocabulary.ts'

/** What one segment of a path may be: this very word, any one, or all that is left. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'rest' }

/** Which requests a rule is about. */
export interface RoutePattern {
  /** As it was written. */
  readonly text: string
  /** Upper case; `*` is any. */
  readonly method: string
  readonly segments: readonly Segment[]
}

const ONE: Segment = { kind: 'one' }
const REST: Segment = { kind: 'rest' }

/**
 * What a segment of a route template says, in the notations of Next.js, Fastify, Express, hapi and this catalog:
 * `[id]`, `:id`, `{id}` and `*` are any one segment; `**`, `[...x]`, `[[...x]]`, `:x*`, `:x+`, `*x` and `{x*}` are the rest.
 */
export function segmentKind(segment: string): Segment['kind'] {
  switch (segment.charCodeAt(0)) {
    case 91: // [
      if (!segment.endsWith(']')) return 'literal'
      return segment.startsWith('[...') || segment.startsWith('[[') ? 'rest' : 'one'
    case 58: // :
      return segment.length > 1 && /[*+]$/.test(segment) ? 'rest' : 'one'
    case 42: // *
      return segment.length === 1 ? 'one' : 'rest'
    case 123: // {
      if (!segment.endsWith('}')) return 'literal'
      return segment.includes('*') ? 'rest' : 'one'
    default:
      return 'literal'
  }
}

/** Reads `METHOD /path` or `/path`; gives nothing when `text` is neither. */
export function parseRoutePattern(text: string): RoutePattern | undefined {
  const found = /^(?:(\*|[A-Z]+) )?(\/[^\s?#]*)$/.exec(text)
  if (found === null) return undefined
  const [, method = '*', path = ''] = found
  if (method !== '*' && !(METHODS as readonly string[]).includes(method)) return undefined
  const segments = path
    .split('/')
    .filter(part => part !== '')
    .map((part): Segment => {
      const kind = segmentKind(part)
      return kind === 'literal' ? { kind, text: part } : kind === 'one' ? ONE : REST
    })
  const rest = segments.indexOf(REST)
  return rest === -1 || rest === segments.length - 1 ? { text, method, segments } : undefined
}

/** Equal for two patterns exactly when they match the same requests. */
export function patternKey({ method, segments }: RoutePattern): string {
  const path = segments.map(segment =>
    segment.kind === 'literal' ? `=${segment.text}` : segment.kind,
  )
  return [method, ...path].join('/')
}
