import { ATTR_THROUGHLINE_NEXT_KIND, ATTR_TELEMETRY_SDK_LANGUAGE } from '@throughline/conventions'
import type { Attributes, SpanRecord } from '@throughline/otlp'
import type { SpanCategory } from './reading.ts'
import {
  databaseSystemOf,
  hostAndPortOf,
  pathOf,
  queueOf,
  queueOperationOf,
  routeOf,
  textOf,
} from './span-attributes.ts'
import type { Surroundings } from './surroundings.ts'

/** What `throughline.next.kind` says; `prefetch` is on the request of a page, and the rest is within one. */
const BY_NEXT_KIND: ReadonlyMap<unknown, SpanCategory> = new Map([
  ['page', 'page'],
  ['handler', 'handler'],
  ['action', 'action'],
  ['proxy', 'proxy'],
  ['metadata', 'internal'],
  ['framework', 'internal'],
  ['prefetch', 'page'],
  ['browser', 'browser'],
])

/**
 * What a span is, by itself: its kind, and its attributes by OpenTelemetry's conventions, the stable and the earlier ones.
 *
 * The request of Next.js is a `handler` below `/api` and a `page` elsewhere; with the spans below it {@link readTrace}
 * knows better. A call is a `call` if the catalog has its host as a service of ours, else `external`.
 */
export function categoryOf(
  { kind, attributes, resource, service }: SpanRecord,
  surroundings?: Surroundings,
): SpanCategory {
  const known = BY_NEXT_KIND.get(attributes[ATTR_THROUGHLINE_NEXT_KIND])
  if (known !== undefined) return known
  if (resource.attributes[ATTR_TELEMETRY_SDK_LANGUAGE] === 'webjs') return 'browser'
  switch (kind) {
    case 'server':
      return isNext(service, attributes, resource.attributes, surroundings)
        ? categoryOfNextRequest(attributes)
        : 'api'
    case 'consumer':
      return 'job'
    case 'producer':
      return 'queue'
    case 'client':
      if (databaseSystemOf(attributes) !== undefined) return 'database'
      if (isMessage(attributes)) return 'queue'
      return isOurs(attributes, surroundings) ? 'call' : 'external'
    case 'internal':
      return databaseSystemOf(attributes) === undefined ? 'internal' : 'database'
  }
}

function isNext(
  service: string,
  attributes: Attributes,
  resource: Attributes,
  surroundings: Surroundings | undefined,
): boolean {
  return (
    attributes['next.span_type'] !== undefined ||
    attributes['next.rsc'] !== undefined ||
    textOf(resource['process.executable.name'])?.startsWith('next-server') === true ||
    surroundings?.ownership?.catalog.services.get(service)?.kind === 'next'
  )
}

function categoryOfNextRequest(attributes: Attributes): SpanCategory {
  const path = routeOf(attributes) ?? pathOf(attributes)
  return path !== undefined && (path.startsWith('/api/') || path === '/api') ? 'handler' : 'page'
}

const isMessage = (attributes: Attributes): boolean =>
  queueOf(attributes) !== undefined || queueOperationOf(attributes) !== undefined

function isOurs(attributes: Attributes, surroundings: Surroundings | undefined): boolean {
  if (surroundings === undefined) return false
  const { ownership, services } = surroundings
  const host = hostAndPortOf(attributes)
  const byHost = host === undefined ? undefined : ownership?.resolver.serviceByHost(host)
  if (byHost !== undefined) return ownership?.catalog.services.get(byHost)?.kind !== 'external'
  const peer = textOf(attributes['peer.service'])
  return peer !== undefined && services?.some(({ name }) => name === peer) === true
}
