import type { RequestOptions } from 'node:http'
import type { Attributes } from '@opentelemetry/api'
import type { Catalog, Resolver } from '@throughline/catalog'
import {
  ATTR_THROUGHLINE_PROPAGATION,
  THROUGHLINE_PROPAGATION_VALUE_WITHHELD,
} from '@throughline/conventions'
import { createMemo } from '../memo.ts'
import { isLoopback } from './loopback.ts'
import { dropPassedOn } from './passed-on-headers.ts'
import type { TrustRules } from './trust-rules.ts'

/** What a host is told: the trace and that it is one of us who calls, the trace alone, or nothing. */
export type Told = 'service' | 'trace' | 'nothing'

/** A call as undici tells of it, when it is made. */
export interface UndiciCall {
  readonly origin: unknown
  readonly path: string
  readonly headers?: unknown
}

/**
 * Decides which hosts are told of our traces.
 *
 * An instrumentation asks as it begins the span of a call, and injects the headers before anything else runs: the answer
 * is kept for that very injection, since what it gets, a span and empty headers, does not say where they go.
 */
export interface OutgoingTrust {
  /** Judges a call of node:http or node:https; gives attributes for its span. */
  judgeHttp(options: RequestOptions): Attributes
  /** Judges a call of fetch or undici; gives attributes for its span. */
  judgeUndici(call: UndiciCall): Attributes
  /**
   * Judges a call of gRPC to `host`, with its port; gives attributes for its span. It is told no more than the trace: an
   * application may send the same metadata to somebody else next, with what we have put there.
   */
  judgeGrpc(host: string): Attributes
  /** What was judged last, once; undefined when what is injected is no call to a host. */
  take(): Told | undefined
}

/** What {@link OutgoingTrust} decides by. */
export interface OutgoingTrustOptions {
  readonly resolver: Resolver
  readonly catalog: Catalog | undefined
  readonly rules: TrustRules
}

const WITHHELD: Attributes = {
  [ATTR_THROUGHLINE_PROPAGATION]: THROUGHLINE_PROPAGATION_VALUE_WITHHELD,
}
const NONE: Attributes = {}

/** Makes an {@link OutgoingTrust}: services of the catalog that are ours, the allow-list, and loopback outside of production. */
export function createOutgoingTrust({
  resolver,
  catalog,
  rules: { allowedHosts, production },
}: OutgoingTrustOptions): OutgoingTrust {
  let judged: Told | undefined
  // An application calls the same few hosts again and again.
  const known = createMemo<Told>()
  const judgeUrl = (url: string): Told => {
    const before = known.get(url)
    if (before !== undefined) return before
    const told = judge(hostOfUrl(url))
    known.set(url, told)
    return told
  }
  const judge = (host: string): Told => {
    const service = resolver.serviceByHost(host)
    const kind = service === undefined ? undefined : catalog?.services.get(service)?.kind
    if (kind !== undefined && kind !== 'external') return 'service'
    if (allowedHosts.find(host) !== undefined) return 'trace'
    const isNear = service === undefined && !production && isLoopback(nameOf(host))
    return isNear ? 'trace' : 'nothing'
  }
  const keep = (decide: () => Told): Attributes => {
    // Should options be so odd that deciding throws, nothing is what they are told.
    judged = 'nothing'
    judged = decide()
    return judged === 'nothing' ? WITHHELD : NONE
  }
  // A socket file has no host, and is on this machine.
  const socketFile = production ? 'nothing' : 'trace'
  return {
    judgeHttp: options =>
      keep(() => (options.socketPath ? socketFile : judge(hostOfHttp(options)))),
    judgeUndici: call =>
      keep(() => {
        const told = judgeUrl(originOf(call))
        if (told !== 'nothing') dropPassedOn(call.headers)
        return told
      }),
    judgeGrpc: host => keep(() => (judge(host) === 'nothing' ? 'nothing' : 'trace')),
    take() {
      const taken = judged
      judged = undefined
      return taken
    },
  }
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

/** Host and port that a call goes to, as node:http finds them; a plain proxy is told the real one in the path. */
function hostOfHttp(options: RequestOptions): string {
  const { path, protocol } = options
  const agent = options.agent as { readonly defaultPort?: number } | boolean | null | undefined
  if (path != null && !path.startsWith('/') && isAbsolute(path)) return hostOfUrl(path)
  const name = options.hostname || options.host || 'localhost'
  const port =
    options.port ||
    options.defaultPort ||
    (typeof agent === 'object' ? agent?.defaultPort : undefined) ||
    DEFAULT_PORTS[protocol ?? 'http:']
  return hostWithPort(name, port)
}

/** The address that a call of undici goes to: a plain proxy is told the real one in the path. */
const originOf = ({ origin, path }: UndiciCall): string =>
  path.startsWith('/') || !isAbsolute(path) ? String(origin) : path

const isAbsolute = (path: string): boolean => /^https?:\/\//i.test(path)

/** Empty when it is none, which is nobody's host. */
function hostOfUrl(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null) return ''
  return hostWithPort(parsed.hostname, parsed.port || DEFAULT_PORTS[parsed.protocol])
}

function hostWithPort(given: string, port: number | string | null | undefined): string {
  // An address by name may end with the root's dot.
  const name = given.endsWith('.') ? given.slice(0, -1) : given
  return `${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port ?? ''}`
}

/** The name in a host, as {@link isLoopback} takes it. */
const nameOf = (host: string): string =>
  host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()
