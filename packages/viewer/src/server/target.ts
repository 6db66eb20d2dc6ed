/** What a request asks for. */
export interface Target {
  /** As it was sent, percent-encoded; begins with one `/`. */
  readonly path: string
  readonly query: URLSearchParams
}

/** The target of a request; undefined where it is not a path of this server. */
export function parseTarget(url: string | undefined): Target | undefined {
  // Browsers read `//host` and `/\host` as the address of another server.
  if (url === undefined || !/^\/(?![/\\])[\u0021-\u007e]*$/.test(url)) return undefined
  const [path = '/'] = url.split('?', 1)
  return { path, query: new URLSearchParams(url.slice(path.length)) }
}

/** Whether a path is one of the page, and not of what it asks for or of OTLP. */
export const isPagePath = (path: string): boolean =>
  !path.startsWith('/api/') && !path.startsWith('/v1/')
