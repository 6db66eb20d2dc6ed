import {
  categoryOf,
  databaseOf,
  databaseSystemOf,
  hostOf,
  queueOf,
  textOf,
} from '@throughline/trace'
import type { Attributes, SpanRecord } from '@throughline/otlp'
import { shorten } from './short-text.ts'
import type { CallTarget, ServiceOfHost } from './store.ts'

/** Whom a call reaches, as the call itself says. */
export function targetOf(span: SpanRecord, serviceOfHost: ServiceOfHost): CallTarget {
  const { attributes, kind, name, service } = span
  const database = databaseNameOf(attributes)
  if (database !== undefined)
    return { kind: 'database', name: shorten(database), category: 'database' }
  const queue = queueOf(attributes) ?? (kind === 'producer' ? name : undefined)
  if (queue !== undefined) return { kind: 'queue', name: shorten(queue), category: 'queue' }
  const host = textOf(attributes['peer.service']) ?? hostOf(attributes)
  const known = host === undefined ? undefined : serviceOfHost(host)
  if (known !== undefined) return { kind: 'service', name: known, category: 'call' }
  if (host !== undefined) return { kind: 'external', name: shorten(host), category: 'external' }
  // A page that calls where it came from names no host.
  return isBrowser(span)
    ? { kind: 'service', name: shorten(service), category: 'call' }
    : { kind: 'external', name: shorten(name), category: 'external' }
}

/** `postgresql app`: product and name of the database that a query goes to. */
function databaseNameOf(attributes: Attributes): string | undefined {
  const system = databaseSystemOf(attributes)
  const name = databaseOf(attributes)
  return system === undefined || name === undefined ? system : `${system} ${name}`
}

export function isBrowser(span: SpanRecord): boolean {
  return categoryOf(span) === 'browser'
}
