import type { IncomingHttpHeaders } from 'node:http'
import { isIP, SocketAddress } from 'node:net'
import type { Networks } from '../networks.ts'

/** Most proxies that are looked through: no way is longer, and a header can be. */
const MAX_PROXIES = 16

/** Gives the address of a caller, from that of the connection and the headers of its request. */
export type ReadAddress = (
  peer: string | undefined,
  headers: IncomingHttpHeaders,
) => string | undefined

/**
 * Makes a {@link ReadAddress}: the address of the connection, and behind trusted proxies the nearest one in
 * `x-forwarded-for` that is none of theirs.
 *
 * Each proxy appends the address that it was called from, so what stands left of a caller who is not trusted is that
 * caller's own invention. Where an entry is no address, the proxy that passed it on is the source.
 */
export function createAddressReader(trustedProxies: Networks): ReadAddress {
  return (peer, { 'x-forwarded-for': forwarded }) => {
    if (peer === undefined || forwarded === undefined || !trustedProxies.has(peer)) return peer
    // Node joins repeated headers.
    const entries = String(forwarded)
    let nearest = peer
    let end = entries.length
    for (let passed = 0; passed < MAX_PROXIES && end > 0; passed += 1) {
      const comma = entries.lastIndexOf(',', end - 1)
      const address = parseEntry(entries.slice(comma + 1, end))
      if (address === undefined) return nearest
      nearest = address
      if (!trustedProxies.has(address)) return nearest
      end = comma
    }
    return nearest
  }
}

/** The address of one entry, which some proxies write with a port. */
function parseEntry(entry: string): string | undefined {
  const text = entry.trim()
  if (isIP(text) !== 0) return text
  const [, v6, v4] = /^(?:\[([^\]]{2,45})\](?::\d{1,5})?|([\d.]{7,15}):\d{1,5})$/.exec(text) ?? []
  const address = v6 ?? v4
  return address !== undefined && isIP(address) !== 0 ? address : undefined
}

/**
 * What one caller holds of the internet: an IPv4 address, or the /64 network of an IPv6 address, in which a caller may take
 * any number of addresses.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  // In the shortest form, with what is special of the machine (`%eth0`) left out.
  const { address: short } = new SocketAddress({ address, family: 'ipv6' })
  const [, mapped] = /^::ffff:([\d.]+)$/.exec(short) ?? []
  if (mapped !== undefined) return mapped
  const [left = '', right] = short.split('::')
  const groups = left === '' ? [] : left.split(':')
  const after = right === undefined || right === '' ? [] : right.split(':')
  while (groups.length + after.length < 8) groups.push('0')
  return [...groups, ...after].slice(0, 4).join(':')
}
