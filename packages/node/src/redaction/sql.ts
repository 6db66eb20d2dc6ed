import type { Rule, Take } from './rule.ts'

/** Literals and comments of SQL, for keys that hold a query and for texts that quote one. */
export const SQL_RULE: Rule = {
  name: 'sql',
  meaning:
    'strings, numbers and comments in SQL; the statement, its names and its parameters ($1) are kept',
  replacement: '?',
}

const NUMBER = /(?:0[xXbBoO][0-9A-Fa-f_]+|[\d_]*\.?\d[\d_]*(?:[eE][+-]?\d+)?)\w*/y
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y
const DOLLAR_QUOTE = /\$(?:[A-Za-z_]\w*)?\$/y
const PARAMETER = /\$\w*/y
/** What stands before a value, so that what is in double quotes there is a string of MySQL and no name. */
const BEFORE_VALUE = /(?:[=<>]|\blike|\b(?:in|values?)\s*\(|\?\s*,)\s*$/i
const LIST = /\(\s*\?(?:\s*,\s*\?)+\s*\)/g
/** As much of what was written as decides on what follows. */
const TAIL = 24

/**
 * Gives `sql` with each literal replaced by `?` and without comments. What does not close is cut where it opens, and so
 * is a string whose end depends on the dialect.
 */
export function redactSql(sql: string, take: Take): string {
  const isJson = /^\s*[[{]/.test(sql)
  let out = ''
  let tail = ''
  let at = 0
  const emit = (piece: string, end: number): void => {
    out += piece
    tail = (tail + piece).slice(-TAIL)
    at = end
  }
  const keep = (end: number): void => emit(sql.slice(at, end), end)
  const replace = (end: number): void => emit(take(sql.slice(at, end)), end)
  const lengthOf = (pattern: RegExp): number => {
    pattern.lastIndex = at
    return pattern.exec(sql)?.[0].length ?? 0
  }
  while (at < sql.length) {
    const character = sql[at] ?? ''
    const next = sql[at + 1] ?? ''
    if (character === "'") replace(endOfString(sql, at, false))
    else if (next === "'" && /[bexn]/i.test(character) && !/[\w$]$/.test(tail)) {
      replace(endOfString(sql, at + 1, /e/i.test(character)))
    } else if (character === '"') {
      const end = endOfName(sql, at, '"')
      if (end === undefined) replace(sql.length)
      else if (isJson ? !isJsonKey(sql, end) : isValue(sql, tail, end)) replace(end)
      else keep(end)
    } else if (character === '`') {
      const end = endOfName(sql, at, '`')
      if (end === undefined) replace(sql.length)
      else keep(end)
    } else if (character === '-' && next === '-') at = endAt(sql, '\n', at)
    else if (character === '#' && /(?:^|\s)$/.test(tail) && /\s/.test(next)) {
      at = endAt(sql, '\n', at)
    } else if (character === '/' && next === '*') at = endOfComment(sql, at)
    else if (character === '$') {
      const quote = lengthOf(DOLLAR_QUOTE)
      if (quote === 0) keep(at + lengthOf(PARAMETER))
      else replace(endAfter(sql, sql.slice(at, at + quote), at + quote))
    } else if (isDigit(character) || (character === '.' && isDigit(next))) {
      const end = at + lengthOf(NUMBER)
      if (!isJson && /(?<!:):$|[?@]$/.test(tail)) keep(end)
      else replace(end)
    } else keep(at + (lengthOf(WORD) || 1))
  }
  return out === sql ? sql : out.replaceAll(LIST, '(?)').trim()
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9'

/** Ends after the quote that closes the string at `at`, or with the text. */
function endOfString(sql: string, at: number, escapes: boolean): number {
  for (let end = at + 1; end < sql.length; end++) {
    if (sql[end] === '\\') {
      if (escapes) end++
      // Is the quote escaped, as in MySQL, or does the string end with a backslash?
      else if (sql[end + 1] === "'") return sql.length
    } else if (sql[end] === "'") {
      if (sql[end + 1] !== "'") return end + 1
      end++
    }
  }
  return sql.length
}

function endOfName(sql: string, at: number, quote: string): number | undefined {
  for (let end = at + 1; end < sql.length; end++) {
    if (sql[end] === '\\') end++
    else if (sql[end] === quote) {
      if (sql[end + 1] !== quote) return end + 1
      end++
    }
  }
  return undefined
}

const isJsonKey = (text: string, end: number): boolean => /^\s*:/.test(text.slice(end, end + 8))

/** Whether what is in double quotes is a string, as in MySQL, and no name. */
function isValue(sql: string, before: string, end: number): boolean {
  if (sql[end] === '.' || before.endsWith('.')) return false
  return BEFORE_VALUE.test(before)
}

const endAt = (sql: string, mark: string, from: number): number => {
  const found = sql.indexOf(mark, from)
  return found === -1 ? sql.length : found
}

const endAfter = (sql: string, mark: string, from: number): number => {
  const found = sql.indexOf(mark, from)
  return found === -1 ? sql.length : found + mark.length
}

function endOfComment(sql: string, at: number): number {
  let depth = 0
  for (let end = at; end < sql.length; end++) {
    if (sql.startsWith('/*', end)) {
      depth++
      end++
    } else if (sql.startsWith('*/', end)) {
      end++
      if (--depth === 0) return end + 1
    }
  }
  return sql.length
}

/** Where a statement begins in the midst of a text. */
const STATEMENT =
  /\b(?:select\s[\s\S]{0,2000}?\sfrom\s|insert\s+into\s|update\s[^\n]{1,200}?\sset\s|delete\s+from\s)/i

/** Gives a text with the literals of the statement that it quotes replaced; to its end, since nothing says where that ends. */
export function redactQuotedSql(text: string, take: Take): string {
  const start = text.search(STATEMENT)
  if (start === -1) return text
  const statement = text.slice(start)
  return /['"=]|\bvalues\b|\blimit\b/i.test(statement)
    ? text.slice(0, start) + redactSql(statement, take)
    : text
}
