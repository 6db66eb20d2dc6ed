import {
  ATTR_THROUGHLINE_NEXT_KIND,
  ATTR_THROUGHLINE_SERVER_ACTION_NAME,
  ATTR_URL_PATH,
} from '@throughline/conventions'
import type { Attributes, SpanRecord } from '@throughline/otlp'
import { oneLine } from './one-line.ts'
import { titleOfQuery } from './query-title.ts'
import {
  databaseSystemOf,
  hostOf,
  methodOf,
  pathOf,
  procedureOf,
  queueOf,
  queueOperationOf,
  routeOf,
  textOf,
} from './span-attributes.ts'

const MOST_CHARACTERS = 120

/**
 * What a span is about, as a person would say it: `GET /invoices/[id]`, `SELECT invoices`, `POST payments.example.com`,
 * `action saveSettings`, `send reports`, `job reports`. One line of at most 120 characters; never empty.
 */
export function titleOf(span: SpanRecord): string {
  return titleWith(span, undefined)
}

/** The same where it is known which service a call reaches: that is named, and not its host. */
export function titleWith(span: SpanRecord, calledService: string | undefined): string {
  return oneLine(findTitle(span, calledService) || span.name || '(no name)', MOST_CHARACTERS)
}

function findTitle(span: SpanRecord, calledService: string | undefined): string | undefined {
  const { kind, attributes } = span
  const nextKind = attributes[ATTR_THROUGHLINE_NEXT_KIND]
  if (nextKind !== undefined && kind === 'internal') return titleOfNext(span, nextKind)
  switch (kind) {
    case 'server':
      return procedureOf(attributes) ?? titleOfRequest(span)
    case 'client':
      return titleOfCall(span, calledService)
    case 'producer':
    case 'consumer':
      return titleOfMessage(span)
    case 'internal':
      return databaseSystemOf(attributes) === undefined ? undefined : titleOfQuery(span)
  }
}

function titleOfNext({ name, attributes }: SpanRecord, nextKind: unknown): string | undefined {
  switch (nextKind) {
    case 'action': {
      const action = textOf(attributes[ATTR_THROUGHLINE_SERVER_ACTION_NAME])
      return action === undefined ? undefined : `action ${action}`
    }
    case 'page':
      return withPath('render', routeOf(attributes))
    case 'handler':
      return withPath('handler', routeOf(attributes))
    case 'browser':
      return withPath(name, textOf(attributes[ATTR_URL_PATH]))
    default:
      return undefined
  }
}

const withPath = (word: string, path: string | undefined): string | undefined =>
  path === undefined ? undefined : `${word} ${path}`

/** The template tells requests apart, and a path that no template matches is better than a bare method. */
function titleOfRequest({ name, attributes }: SpanRecord): string | undefined {
  const method = methodOf(attributes)
  if (method === undefined) return undefined
  const route = routeOf(attributes)
  if (route !== undefined) return `${method} ${route}`
  if (name.length > method.length && name.startsWith(`${method} `)) return name
  return withPath(method, pathOf(attributes)) ?? method
}

function titleOfCall(span: SpanRecord, calledService: string | undefined): string | undefined {
  const { attributes } = span
  if (databaseSystemOf(attributes) !== undefined) return titleOfQuery(span)
  const procedure = procedureOf(attributes)
  if (procedure !== undefined) return procedure
  if (queueOf(attributes) !== undefined) return titleOfMessage(span)
  const method = methodOf(attributes)
  if (method === undefined) return undefined
  const host = hostOf(attributes)
  // A call of a page to its own origin has no host, and its path is what it is about.
  return host === undefined ? titleOfRequest(span) : `${method} ${calledService ?? host}`
}

function titleOfMessage({ name, kind, attributes }: SpanRecord): string | undefined {
  const queue = queueOf(attributes)
  if (queue === undefined) return undefined
  if (kind === 'client' && name.endsWith(` ${queue}`)) return name
  return `${wordOfMessage(kind, attributes)} ${queue}`
}

function wordOfMessage(kind: SpanRecord['kind'], attributes: Attributes): string {
  const operation = queueOperationOf(attributes)
  if (kind === 'consumer')
    return operation === undefined || operation === 'process' ? 'job' : operation
  // Before there was `send` it was called `publish`.
  return operation === undefined || operation === 'publish' ? 'send' : operation
}
