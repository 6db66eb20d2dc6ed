import { BlockList, isIP } from 'node:net'
import type { Reporter } from './diagnostics.ts'

/** Networks of addresses. */
export interface Networks {
  /** Whether there is none. */
  readonly isEmpty: boolean
  /** Whether `address` is in one of them; of what is no address it is false. An IPv4 address in IPv6 form counts as IPv4. */
  has(address: string): boolean
}

/** Reads the networks of a variable: `10.0.0.0/8`, `fd00::/8` or a single address. What is none is said, and counts as not given. */
export function readNetworks(
  variable: string,
  networks: readonly string[],
  reporter: Reporter,
): Networks {
  const list = new BlockList()
  let isEmpty = true
  for (const network of networks) {
    if (add(list, network)) {
      isEmpty = false
      continue
    }
    reporter.report(
      `${variable} ${network}`,
      `${variable} holds ${JSON.stringify(network)}, which is no network as 10.0.0.0/8; it is left out`,
    )
  }
  return {
    isEmpty,
    has(address) {
      const version = isIP(address)
      return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6')
    },
  }
}

function add(list: BlockList, network: string): boolean {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(network) ?? []
  const version = isIP(address)
  const longest = version === 4 ? 32 : 128
  const length = prefix === undefined ? longest : Number(prefix)
  if (version === 0 || length > longest) return false
  list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6')
  return true
}
