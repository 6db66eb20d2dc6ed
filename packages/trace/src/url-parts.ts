// By hand, since a URL costs microseconds and is asked for at each span that arrives. What is no address gives what
// comes closest, and never throws.

const SCHEME = /^([a-z][a-z\d+.-]*):\/\//i

/** Scheme of an address, in lower case; undefined where it has none. */
export function schemeOfUrl(url: string): string | undefined {
  return SCHEME.exec(url)?.[1]?.toLowerCase()
}

/** Host of an address, with its port unless that is the one of its scheme. */
export function hostOfUrl(url: string): string | undefined {
  const scheme = schemeOfUrl(url)
  if (scheme === undefined) return undefined
  const from = scheme.length + 3
  const authority = url.slice(from, endOfAuthority(url, from))
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  if (host === '') return undefined
  if (scheme === 'https' && host.endsWith(':443')) return host.slice(0, -4)
  if (scheme === 'http' && host.endsWith(':80')) return host.slice(0, -3)
  return host
}

/** Path of an address, or of what is a path itself, without query and fragment. */
export function pathOfUrl(url: string): string {
  const scheme = schemeOfUrl(url)
  const from = scheme === undefined ? 0 : endOfAuthority(url, scheme.length + 3)
  const query = url.indexOf('?', from)
  const fragment = url.indexOf('#', from)
  const end = Math.min(query === -1 ? url.length : query, fragment === -1 ? url.length : fragment)
  return url.slice(from, end) || '/'
}

function endOfAuthority(url: string, from: number): number {
  for (let at = from; at < url.length; at++) {
    const character = url[at]
    if (character === '/' || character === '?' || character === '#') return at
  }
  return url.length
}
