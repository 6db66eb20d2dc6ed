/** Values, found by host. */
export interface HostTable<T> {
  /** `host` may have a port and any case. The most specific wins: with its port, without, then `*.` with most labels. */
  find(host: string): T | undefined
}

/** Of two entries for the same host, the first is kept. Hosts are in lower case. */
export function createHostTable<T>(entries: Iterable<readonly [string, T]>): HostTable<T> {
  const values = new Map<string, T>()
  let hasWildcards = false
  for (const [host, value] of entries) {
    hasWildcards ||= host.startsWith('*.')
    if (!values.has(host)) values.set(host, value)
  }

  const wildcard = (name: string, port: string): T | undefined => {
    for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
      const found = values.get(`*${name.slice(dot)}${port}`) ?? values.get(`*${name.slice(dot)}`)
      if (found !== undefined) return found
    }
    return undefined
  }
  const search = (host: string): T | undefined => {
    const lower = host.toLowerCase()
    const [, name = lower, port = ''] = PORT.exec(lower) ?? []
    return (
      values.get(lower) ?? values.get(name) ?? (hasWildcards ? wildcard(name, port) : undefined)
    )
  }
  const remembered = new Map<string, T | undefined>(values)
  const mostRemembered = values.size + MAX_REMEMBERED
  return {
    find(host) {
      const known = remembered.get(host)
      if (known !== undefined || remembered.has(host)) return known
      const found = search(host)
      if (remembered.size < mostRemembered) remembered.set(host, found)
      return found
    },
  }
}

/** Most hosts remembered besides those of the table: an application calls the same few again and again. */
const MAX_REMEMBERED = 1000

const PORT = /^(.+?)(:\d+)$/
