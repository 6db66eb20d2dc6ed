import type { SpanRecord } from '@throughline/otlp'
import { collectionOf, queryOf, queryOperationOf, textOf } from './span-attributes.ts'

/** How far into a query its verb and its table are looked for. */
const MOST_SEARCHED = 400

/** How much of a query is shown that names no table. */
const MOST_SHOWN = 60

const VERB = /\b(?:select|insert|update|delete|merge|call)\b/i
const TABLE =
  /\b(?:from|into|update|join|table|call)\s+(?:only\s+|if\s+(?:not\s+)?exists\s+)?["`[]?([\w.$]+)/i
const WORD = /^[a-z]+/i

/** `SELECT invoices`: what a query does, and to what; else its first words, else the name of its span. */
export function titleOfQuery({ name, attributes }: SpanRecord): string {
  const summary = textOf(attributes['db.query.summary'])
  if (summary !== undefined) return summary
  const operation = queryOperationOf(attributes)
  const collection = collectionOf(attributes)
  if (operation !== undefined && collection !== undefined) return `${operation} ${collection}`
  const text = queryOf(attributes)
  if (text === undefined)
    return operation ?? (collection === undefined ? name : `${name} ${collection}`)
  return titleOfText(text.slice(0, MOST_SEARCHED).trimStart(), operation, collection) ?? name
}

function titleOfText(
  text: string,
  operation: string | undefined,
  collection: string | undefined,
): string | undefined {
  const first = WORD.exec(text)?.[0].toUpperCase()
  const verb =
    operation ?? (first === 'WITH' ? (VERB.exec(text)?.[0].toUpperCase() ?? first) : first)
  const table = collection ?? TABLE.exec(text)?.[1]
  if (verb !== undefined && table !== undefined) return `${verb} ${table}`
  if (verb !== undefined && verb.length === text.trimEnd().length) return verb
  return text === '' ? verb : text.slice(0, MOST_SHOWN)
}
