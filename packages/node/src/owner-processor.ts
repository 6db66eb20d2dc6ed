import { SpanKind, type Attributes } from '@opentelemetry/api'
import type { Span, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { Owner, Resolver } from '@throughline/catalog'
import {
  ATTR_DB_NAMESPACE,
  ATTR_DB_SYSTEM_NAME,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_ROUTE,
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_TEAM,
  ATTR_THROUGHLINE_ACTOR,
  ATTR_THROUGHLINE_AUDIENCE,
  ATTR_THROUGHLINE_OWNER_UNOWNED,
  ATTR_THROUGHLINE_WORK,
  ATTR_URL_PATH,
} from '@throughline/conventions'
import type { Actor } from './requests/request.ts'

/** Who asks for the work of a consumer span: nobody waits for it. Of a server span its request says who asks. */
const JOB: Actor = 'job'

/**
 * Writes the owner on every server, client, producer and consumer span, as it ends: a request's route is known only then.
 *
 * Internal spans carry none: they belong to the hop that holds them.
 */
export function createOwnerProcessor(service: string, resolver: Resolver): SpanProcessor {
  return {
    onStart: () => undefined,
    onEnding(span: Span) {
      if (span.kind === SpanKind.CONSUMER) span.setAttribute(ATTR_THROUGHLINE_ACTOR, JOB)
      const owner = findOwner(span, service, resolver)
      if (owner !== undefined) writeOwner(owner, span)
    },
    onEnd: () => undefined,
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  }
}

/** Writes an owner on what takes attributes. */
export function writeOwner(
  { team, audience, work, unowned }: Owner,
  target: { setAttribute(name: string, value: string): unknown },
): void {
  if (team !== undefined) target.setAttribute(ATTR_TEAM, team)
  if (audience !== undefined) target.setAttribute(ATTR_THROUGHLINE_AUDIENCE, audience)
  if (work !== undefined) target.setAttribute(ATTR_THROUGHLINE_WORK, work)
  if (unowned !== undefined) target.setAttribute(ATTR_THROUGHLINE_OWNER_UNOWNED, unowned)
}

function findOwner(
  { kind, attributes }: Span,
  service: string,
  resolver: Resolver,
): Owner | undefined {
  switch (kind) {
    case SpanKind.SERVER:
      return ownerOfRequest(attributes, service, resolver)
    case SpanKind.CLIENT:
      return (
        ownerOfCall(attributes, service, resolver) ?? ownerOfMessage(attributes, service, resolver)
      )
    case SpanKind.PRODUCER:
    case SpanKind.CONSUMER:
      return ownerOfMessage(attributes, service, resolver)
    default:
      return undefined
  }
}

function ownerOfRequest(
  attributes: Attributes,
  service: string,
  resolver: Resolver,
): Owner | undefined {
  const method = attributes[ATTR_HTTP_REQUEST_METHOD]
  const path = attributes[ATTR_HTTP_ROUTE] ?? attributes[ATTR_URL_PATH]
  return typeof method === 'string' && typeof path === 'string'
    ? resolver.route(service, method, path)
    : undefined
}

function ownerOfMessage(
  attributes: Attributes,
  service: string,
  resolver: Resolver,
): Owner | undefined {
  const queue = attributes[ATTR_MESSAGING_DESTINATION_NAME]
  return typeof queue === 'string' ? resolver.queue(service, queue) : undefined
}

function ownerOfCall(
  attributes: Attributes,
  service: string,
  resolver: Resolver,
): Owner | undefined {
  if (attributes[ATTR_DB_SYSTEM_NAME] !== undefined) {
    const database = attributes[ATTR_DB_NAMESPACE]
    return resolver.database(service, typeof database === 'string' ? database : '')
  }
  const host = attributes[ATTR_SERVER_ADDRESS]
  if (typeof host !== 'string') return undefined
  const port = attributes[ATTR_SERVER_PORT]
  return resolver.host(service, typeof port === 'number' ? `${host}:${port}` : host)
}
