import {
  ATTR_DB_COLLECTION_NAME,
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_QUERY_TEXT,
  ATTR_DB_SYSTEM_NAME,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_MESSAGING_OPERATION_TYPE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_FULL,
  ATTR_URL_PATH,
  ATTR_URL_SCHEME,
  HTTP_REQUEST_METHOD_VALUE_OTHER,
} from '@throughline/conventions'
import type { Attributes, AttributeValue } from '@throughline/otlp'
import { hostOfUrl, pathOfUrl, schemeOfUrl } from './url-parts.ts'

// What an attribute was called before the conventions became stable, beside what it is called now: SDKs of other
// languages and older ones still send the former.

/** A text, and nothing where it is empty or no text. */
export function textOf(value: AttributeValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number, also one that was sent as a text. */
function numberOf(value: AttributeValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** The method of a request, as it was sent where HTTP does not define it. */
export function methodOf(attributes: Attributes): string | undefined {
  const method = textOf(attributes[ATTR_HTTP_REQUEST_METHOD]) ?? textOf(attributes['http.method'])
  if (method !== HTTP_REQUEST_METHOD_VALUE_OTHER) return method
  return textOf(attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL]) ?? 'HTTP'
}

export function statusCodeOf(attributes: Attributes): number | undefined {
  return (
    numberOf(attributes[ATTR_HTTP_RESPONSE_STATUS_CODE]) ?? numberOf(attributes['http.status_code'])
  )
}

/** The template that a request matched. */
export function routeOf(attributes: Attributes): string | undefined {
  return textOf(attributes[ATTR_HTTP_ROUTE]) ?? textOf(attributes['next.route'])
}

/** The path of a request, without its query. */
export function pathOf(attributes: Attributes): string | undefined {
  const path = textOf(attributes[ATTR_URL_PATH])
  if (path !== undefined) return path
  const address =
    textOf(attributes['http.target']) ?? textOf(attributes['http.url']) ?? urlOf(attributes)
  return address === undefined ? undefined : pathOfUrl(address)
}

const urlOf = (attributes: Attributes): string | undefined =>
  textOf(attributes[ATTR_URL_FULL]) ?? textOf(attributes['http.url'])

/** The host that is called, with its port unless that is the one of its scheme. */
export function hostOf(attributes: Attributes): string | undefined {
  const name = textOf(attributes[ATTR_SERVER_ADDRESS]) ?? textOf(attributes['net.peer.name'])
  const url = name === undefined ? urlOf(attributes) : undefined
  if (url !== undefined) return hostOfUrl(url)
  if (name === undefined)
    return textOf(attributes['http.host']) ?? textOf(attributes['net.peer.ip'])
  const port = portOf(attributes)
  if (port === undefined || port === defaultPort(attributes, port)) return name
  return name.includes(':') && !name.startsWith('[') ? `[${name}]:${port}` : `${name}:${port}`
}

/** The host that is called, with its port wherever that is known: as the catalog is asked for it. */
export function hostAndPortOf(attributes: Attributes): string | undefined {
  const host = hostOf(attributes)
  const port = portOf(attributes)
  return host === undefined || port === undefined || host.endsWith(`:${port}`)
    ? host
    : `${host}:${port}`
}

function portOf(attributes: Attributes): number | undefined {
  return numberOf(attributes[ATTR_SERVER_PORT]) ?? numberOf(attributes['net.peer.port'])
}

function defaultPort(attributes: Attributes, port: number): number | undefined {
  if (port !== 80 && port !== 443) return undefined
  const url = urlOf(attributes)
  const scheme =
    textOf(attributes[ATTR_URL_SCHEME]) ??
    textOf(attributes['http.scheme']) ??
    (url === undefined ? undefined : schemeOfUrl(url))
  return scheme === undefined ? port : scheme === 'https' ? 443 : 80
}

/** The database product that a query goes to. */
export function databaseSystemOf(attributes: Attributes): string | undefined {
  return textOf(attributes[ATTR_DB_SYSTEM_NAME]) ?? textOf(attributes['db.system'])
}

export function databaseOf(attributes: Attributes): string | undefined {
  return textOf(attributes[ATTR_DB_NAMESPACE]) ?? textOf(attributes['db.name'])
}

export function queryOf(attributes: Attributes): string | undefined {
  return textOf(attributes[ATTR_DB_QUERY_TEXT]) ?? textOf(attributes['db.statement'])
}

export function queryOperationOf(attributes: Attributes): string | undefined {
  return textOf(attributes[ATTR_DB_OPERATION_NAME]) ?? textOf(attributes['db.operation'])
}

/** The table, or whatever a query acts on. */
export function collectionOf(attributes: Attributes): string | undefined {
  return (
    textOf(attributes[ATTR_DB_COLLECTION_NAME]) ??
    textOf(attributes['db.sql.table']) ??
    textOf(attributes['db.mongodb.collection'])
  )
}

/** The queue or topic that a message is sent to or taken from. */
export function queueOf(attributes: Attributes): string | undefined {
  return (
    textOf(attributes[ATTR_MESSAGING_DESTINATION_NAME]) ??
    textOf(attributes['messaging.destination']) ??
    textOf(attributes['messaging.source.name'])
  )
}

/** What is done with a message: `send`, `receive`, `process`, `settle` or `create`. */
export function queueOperationOf(attributes: Attributes): string | undefined {
  return (
    textOf(attributes[ATTR_MESSAGING_OPERATION_TYPE]) ?? textOf(attributes['messaging.operation'])
  )
}

/** A remote procedure as `service/method`; of its system alone where it does not name them. */
export function procedureOf(attributes: Attributes): string | undefined {
  const system = textOf(attributes['rpc.system']) ?? textOf(attributes['rpc.system.name'])
  if (system === undefined) return undefined
  const service = textOf(attributes['rpc.service'])
  const method = textOf(attributes['rpc.method'])
  if (method === undefined) return service ?? system
  return service === undefined || method.includes('/') ? method : `${service}/${method}`
}
