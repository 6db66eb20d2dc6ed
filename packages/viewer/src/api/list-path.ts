/** Traces of one answer, as the page asks for them. */
const PAGE_TRACES = 200

/** Where the list of traces is that a search finds; what comes after `before`, where that is given. */
export function listPath(search: string, before?: string): string {
  const query = new URLSearchParams({ q: search, limit: String(PAGE_TRACES) })
  if (before !== undefined) query.set('before', before)
  return `/api/traces?${query.toString()}`
}
