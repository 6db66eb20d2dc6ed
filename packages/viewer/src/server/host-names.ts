import { isIP } from 'node:net'

/** What a `Host` header says. */
interface HostName {
  /** In lower case, an IPv6 address without its brackets. */
  readonly name: string
  readonly port: number | undefined
}

/** By which names a viewer may be called. */
export interface HostNames {
  readonly port: number
  /** Address that it listens at. */
  readonly host: string
  /** Other names; one without a port may be called at any. */
  readonly allowedHosts: readonly string[]
}

const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/
const ANY_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

/**
 * Makes the test of `Host` headers.
 *
 * A page of a stranger can point a name of its own at 127.0.0.1 and then is of the same origin as what answers there: its name, which
 * the browser sends, gives it away.
 */
export function createHostTest({
  port,
  host,
  allowedHosts,
}: HostNames): (header: string | undefined) => boolean {
  const others = allowedHosts.flatMap(allowed => parseHost(allowed) ?? [])
  const own = host.toLowerCase()
  return header => {
    const asked = parseHost(header ?? '')
    if (asked === undefined) return false
    const { name, port: askedPort = 80 } = asked
    if (others.some(other => other.name === name && (other.port ?? askedPort) === askedPort)) {
      return true
    }
    if (askedPort !== port) return false
    // Where it listens at every address it cannot know them all, and no stranger owns an address as a name.
    return isLoopback(name) || name === own || (ANY_ADDRESS.has(own) && isIP(name) !== 0)
  }
}

/** Whether a host is this machine: such an address is reached from here only. IPv6 without brackets, in lower case. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  (isIP(host) === 4 && host.startsWith('127.'))

function parseHost(header: string): HostName | undefined {
  const [, name, port] = HOST.exec(header.toLowerCase()) ?? []
  if (name === undefined) return undefined
  return {
    name: name.startsWith('[') ? name.slice(1, -1) : name,
    port: port === undefined ? undefined : Number(port),
  }
}
