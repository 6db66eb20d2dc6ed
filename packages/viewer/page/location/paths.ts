/** A page, and what it shows. */
export type Place =
  | { readonly page: 'traces'; readonly search: string }
  | { readonly page: 'trace'; readonly traceId: string; readonly spanId: string | undefined }
  | { readonly page: 'routes' | 'map' }
  | { readonly page: 'ownership'; readonly tab: string | undefined }
  | { readonly page: 'unknown'; readonly path: string }

/** What an address shows. */
export function readPlace(address: string): Place {
  const { pathname, searchParams } = new URL(address, 'http://page')
  const [page = '', first, second] = pathname.split('/').slice(1)
  if (page === '' || (page === 'traces' && first === undefined))
    return { page: 'traces', search: searchParams.get('q') ?? '' }
  if (page === 'traces' && first !== undefined)
    return { page: 'trace', traceId: first, spanId: second }
  if (page === 'routes' || page === 'map') return { page }
  if (page === 'ownership') return { page, tab: first }
  return { page: 'unknown', path: pathname }
}

/** The list of traces that a search finds. */
export const tracesPath = (search = ''): string =>
  search === '' ? '/traces' : `/traces?q=${encodeURIComponent(search)}`

/** One trace, or one span of it. */
export const tracePath = (traceId: string, spanId?: string): string =>
  spanId === undefined ? `/traces/${traceId}` : `/traces/${traceId}/${spanId}`

export const ROUTES_PATH = '/routes'
export const MAP_PATH = '/map'

export const ownershipPath = (tab?: string): string =>
  tab === undefined ? '/ownership' : `/ownership/${tab}`

/** Quotes a value for the search box where it has spaces. */
export const searchTerm = (name: string, value: string): string =>
  /[\s"]/.test(value)
    ? `${name}:"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
    : `${name}:${value}`
