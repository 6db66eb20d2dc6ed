import type { Owner, Resolver } from '@throughline/catalog'
import { ATTR_TEAM } from '@throughline/conventions'
import type { SpanRecord } from '@throughline/otlp'
import type { SpanOwner } from './reading.ts'
import {
  databaseOf,
  databaseSystemOf,
  hostAndPortOf,
  methodOf,
  pathOf,
  queueOf,
  routeOf,
  textOf,
} from './span-attributes.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * Who answers for a span: the team that it names itself, else the one that the catalog does. The line of the catalog is
 * given where it names that very team. What happens within a service belongs to the hop that holds it, and has no owner.
 */
export function ownerOf(span: SpanRecord, { ownership }: Surroundings = {}): SpanOwner | undefined {
  const named = textOf(span.attributes[ATTR_TEAM])
  const found = ownership && askCatalog(span, ownership.resolver)
  const team = named ?? found?.team
  if (team === undefined) return undefined
  return { team, decidedBy: found?.team === team ? found.decidedBy : undefined }
}

function askCatalog(span: SpanRecord, resolver: Resolver): Owner | undefined {
  const { kind, service, attributes } = span
  const queue = queueOf(attributes)
  switch (kind) {
    case 'server':
      return askForRequest(span, resolver)
    case 'client': {
      if (databaseSystemOf(attributes) !== undefined)
        return resolver.database(service, databaseOf(attributes) ?? '')
      const host = hostAndPortOf(attributes)
      if (host !== undefined) return resolver.host(service, host)
      return queue === undefined ? askForRequest(span, resolver) : resolver.queue(service, queue)
    }
    case 'producer':
    case 'consumer':
      return queue === undefined ? undefined : resolver.queue(service, queue)
    case 'internal':
      // A browser names the team of its page; only the line is missing.
      return askForRequest(span, resolver)
  }
}

/** Of a request that is served, and of what a browser tells of its own page. */
function askForRequest(
  { kind, service, attributes }: SpanRecord,
  resolver: Resolver,
): Owner | undefined {
  const method = methodOf(attributes) ?? (kind === 'internal' ? 'GET' : undefined)
  const path = routeOf(attributes) ?? pathOf(attributes)
  if (method === undefined || path === undefined) return undefined
  if (kind === 'internal' && attributes[ATTR_TEAM] === undefined) return undefined
  return resolver.route(service, method, path)
}
