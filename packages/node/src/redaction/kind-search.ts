import { createAddressSearch } from './address-search.ts'
import { QUERY_RULE } from './addresses.ts'
import type { AttributeKind } from './attribute-kinds.ts'
import { GRAPHQL_RULE, redactGraphql } from './graphql.ts'
import { createMemo } from '../memo.ts'
import { BODY_RULE, HEADER_RULE, SECRET_RULE } from './rules.ts'
import { redactSql, SQL_RULE } from './sql.ts'
import { redactStack } from './stack.ts'
import type { Taken, Takes } from './takes.ts'
import type { TextRules } from './text-rules.ts'
import { createTextSearch, repeatSearch, type SearchText } from './text-search.ts'

/** How a value is searched, by what it is. */
export type KindSearch = Readonly<Record<AttributeKind, SearchText>>

/** Makes the ways of searching. */
export function createKindSearch(rules: TextRules, takes: Takes): KindSearch {
  const { takeFor } = takes
  const text = createTextSearch(rules.all, rules.mayFind, takeFor)
  const address = createTextSearch(rules.address, rules.mayFind, takeFor)
  const readable = createTextSearch(rules.readable, rules.mayFind, takeFor)
  const statement = createTextSearch(rules.sql, rules.mayFind, takeFor)
  const unforeseen = createTextSearch(rules.unforeseen, rules.mayFind, takeFor)
  const takeQuery = takeFor(QUERY_RULE)
  const takeSql = takeFor(SQL_RULE)
  const takeGraphql = takeFor(GRAPHQL_RULE)
  // A rule that is off leaves a value as it is, and then the others search it.
  const whole =
    (take: SearchText): SearchText =>
    value =>
      value === '' ? value : text(take(value))
  const query = whole(takeQuery)
  const header = whole(takeFor(HEADER_RULE))
  return {
    text,
    id: readable,
    address: createAddressSearch(address, rules.mayFind, takeQuery),
    query,
    parameters: value => (/^\??[^\s=]+=/.test(value) ? query(value) : text(value)),
    sql: recall(
      takes,
      repeatSearch(sql => statement(redactSql(unforeseen(sql), takeSql))),
    ),
    graphql: repeatSearch(document => statement(redactGraphql(unforeseen(document), takeGraphql))),
    stack: stack => redactStack(stack, { text, frame: readable, query: takeQuery }),
    body: whole(takeFor(BODY_RULE)),
    header,
    headers: header,
    secret: whole(takeFor(SECRET_RULE)),
    arguments: text,
  }
}

/** An application has a few statements, and sends each of them again and again. */
function recall(takes: Takes, search: SearchText): SearchText {
  const known = createMemo<{ readonly result: string; readonly taken: readonly Taken[] }>()
  return text => {
    const remembered = known.get(text)
    if (remembered !== undefined) {
      takes.repeat(remembered.taken)
      return remembered.result
    }
    const [result, taken] = takes.record(() => search(text))
    known.set(text, { result, taken })
    return result
  }
}
