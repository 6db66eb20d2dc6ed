import { createHash, timingSafeEqual } from 'node:crypto'
import { HEADER_THROUGHLINE_INTERNAL } from '@throughline/conventions'
import { createMemo } from '../memo.ts'
import type { ArrivingRequest } from './admission.ts'
import { isLoopback } from './loopback.ts'
import type { TrustRules } from './trust-rules.ts'

/** What proves that a caller is a service of ours. */
export interface Callers {
  /** Whether the address or the secret of the caller proves it. */
  isInternal(request: ArrivingRequest): boolean
  /** Whether the caller is on this very machine, where that is enough: outside of production, without any networks given. */
  isNeighbour(request: ArrivingRequest): boolean
}

/** Makes {@link Callers}. Only the address of the connection counts: whoever sends a header could say anything there. */
export function createCallers({ production, internalPeers, secrets }: TrustRules): Callers {
  const digests = secrets.map(digest)
  const hasSecret = (given: string): boolean => {
    const candidate = digest(given)
    // All of them, so that the time does not tell which one it was.
    return digests.reduce((found, one) => timingSafeEqual(one, candidate) || found, false)
  }
  // The same few proxies and services call again and again.
  const known = createMemo<boolean>()
  const isOurs = (peer: string): boolean => {
    const before = known.get(peer)
    if (before !== undefined) return before
    const ours = internalPeers.has(withoutZone(peer))
    known.set(peer, ours)
    return ours
  }
  const trustsLoopback = !production && internalPeers.isEmpty
  return {
    isInternal({ peer, headers }) {
      const given = headers[HEADER_THROUGHLINE_INTERNAL]
      if (typeof given === 'string' && digests.length > 0 && hasSecret(given)) return true
      return peer !== undefined && !internalPeers.isEmpty && isOurs(peer)
    },
    isNeighbour: ({ peer, headers }) =>
      trustsLoopback &&
      peer !== undefined &&
      isLoopback(peer.replace(/^::ffff:/i, '')) &&
      // What comes through a proxy on this machine comes from elsewhere.
      headers['x-forwarded-for'] === undefined &&
      headers['forwarded'] === undefined,
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

const withoutZone = (address: string): string => address.split('%', 1)[0] ?? address
