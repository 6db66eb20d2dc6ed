import type { Take } from './rule.ts'
import { repeatSearch, type SearchText } from './text-search.ts'

/** A secret may be percent-encoded, and that again by who passes an address on in an address. */
const MAX_DECODINGS = 3

const SLASH = 47

/** Searches addresses, whole or from their path on: no query, no fragment, and each segment of the path as a text. */
export function createAddressSearch(
  search: SearchText,
  mayFind: (text: string, from?: number) => boolean,
  takeQuery: Take,
): SearchText {
  // Mostly the one before, with the slash that ends it.
  let origin = ''

  const isClean = (address: string): boolean => {
    if (address.charCodeAt(0) === SLASH) return !mayFind(address)
    if (origin !== '' && address.slice(0, origin.length) === origin) {
      return !mayFind(address, origin.length)
    }
    const scheme = address.indexOf('://')
    if (scheme === -1) return !mayFind(address)
    const slash = address.indexOf('/', scheme + 3)
    const start = slash === -1 ? address.length : slash
    if (mayFind(address, start)) return false
    const other = address.slice(0, start)
    // With a name and a password in it, the address is searched as a whole, and once.
    if (other.includes('@') || search(other) !== other) return false
    if (slash !== -1) origin = `${other}/`
    return true
  }

  const searchSegment = (segment: string): string => {
    if (!segment.includes('%')) return segment
    let decoded = segment
    for (let times = 0; times < MAX_DECODINGS; times++) {
      const next = decode(decoded)
      if (next === decoded) return segment
      decoded = next
      const found = search(decoded)
      if (found !== decoded) return found
    }
    return segment
  }

  const searchPath = (path: string): string => {
    const searched = search(path)
    return searched.includes('%') ? searchEncoded(searched) : searched
  }
  const searchEncoded = repeatSearch(path => search(path.split('/').map(searchSegment).join('/')))

  return address => {
    if (isClean(address)) return address
    const start = address.search(/[?#]/)
    const path = start === -1 ? address : address.slice(0, start)
    const query = start === -1 ? '' : address.slice(start)
    const searched = isClean(path) ? path : searchPath(path)
    return query.length < 2
      ? searched + query
      : `${searched}${query[0]}${takeQuery(query.slice(1))}`
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray % stands for itself: what can be decoded around it is.
    return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, encoded => {
      try {
        return decodeURIComponent(encoded)
      } catch {
        return encoded
      }
    })
  }
}
