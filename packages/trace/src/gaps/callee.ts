import type { ServiceKind } from '@throughline/catalog'
import type { ReadSpan } from '../reading.ts'
import { hostAndPortOf, hostOf, textOf } from '../span-attributes.ts'
import type { Surroundings } from '../surroundings.ts'

/** Who is called. */
export interface Callee {
  /** As a person would write it: without the port of its scheme. */
  readonly host: string
  /** As the catalog is asked for it: with its port. */
  readonly hostAndPort: string
  /** The service that answers there, by the catalog, else as the caller says. */
  readonly service: string | undefined
  /** Absent where the catalog does not know the service. */
  readonly kind: ServiceKind | undefined
}

/** Who is called by a span that is an outgoing call; undefined of all others. */
export function calleeOf(
  { span, category }: Pick<ReadSpan, 'span' | 'category'>,
  { ownership }: Surroundings,
): Callee | undefined {
  const { kind, attributes } = span
  if (kind !== 'client' || (category !== 'call' && category !== 'external')) return undefined
  const host = hostOf(attributes)
  const hostAndPort = hostAndPortOf(attributes)
  if (host === undefined || hostAndPort === undefined) return undefined
  const byHost = ownership?.resolver.serviceByHost(hostAndPort)
  const service = byHost ?? textOf(attributes['peer.service'])
  return {
    host,
    hostAndPort,
    service,
    kind: service === undefined ? undefined : ownership?.catalog.services.get(service)?.kind,
  }
}

/** `payments (api.payments.internal)`, or the host alone. */
export function nameOfCallee({ host, service }: Callee): string {
  return service === undefined ? host : `${service} (${host})`
}
