import { readSql, type SqlToken } from './sql-tokens.ts'

/** A piece of SQL as it is shown. */
interface SqlPiece {
  readonly kind: 'keyword' | 'literal' | 'comment' | 'plain'
  readonly text: string
}

/** What begins a line of its own, tried on the words that follow. */
const CLAUSE =
  /^(?:WITH|SELECT|FROM|WHERE|GROUP BY|HAVING|WINDOW|ORDER BY|LIMIT|OFFSET|FETCH (?:FIRST|NEXT)|UNION|EXCEPT|INTERSECT|INSERT INTO|VALUES|UPDATE|SET|DELETE FROM|RETURNING|ON CONFLICT|ON DUPLICATE|(?:(?:NATURAL )?(?:LEFT|RIGHT|FULL|INNER|CROSS) (?:OUTER )?)?JOIN|FOR (?:UPDATE|SHARE|NO KEY))(?: |$)/
/** What stands on a line of its own within a clause, further in. */
const CONDITION = /^(?:AND|OR)(?: |$)/
/** A clause word after one of these is part of what they begin. */
const JOINED =
  /^(?:DELETE|DISTINCT|INSERT|DO|FOR|KEY|NATURAL|LEFT|RIGHT|FULL|INNER|OUTER|CROSS|ON)$/

const KEYWORDS = new Set(
  `ALL AND ANY AS ASC BEGIN BETWEEN BY CASE CAST COMMIT CONFLICT CROSS DELETE DESC DISTINCT DO ELSE END EXCEPT EXISTS FALSE
  FETCH FILTER FIRST FOR FROM FULL GROUP HAVING ILIKE IN INNER INSERT INTERSECT INTO IS JOIN LAST LATERAL LEFT LIKE LIMIT
  LOCKED NATURAL NEXT NOT NOTHING NULL NULLS OFFSET ON ONLY OR ORDER OUTER OVER PARTITION RECURSIVE RETURNING RIGHT ROLLBACK
  ROWS SELECT SET SHARE SKIP THEN TRUE UNION UPDATE USING VALUES WHEN WHERE WINDOW WITH`.split(
    /\s+/,
  ),
)

/**
 * Lays SQL out to be read: a line for each clause, what is nested further in. Only whitespace outside of literals and
 * comments is changed, and never put where there was none.
 */
export function laySql(sql: string): SqlPiece[] {
  const tokens = readSql(sql.trim())
  const pieces: SqlPiece[] = []
  // Each open bracket: whether a query stands in it, and not only arguments.
  const brackets: boolean[] = []
  let isRange = false
  let isFresh = true
  let last = ''
  tokens.forEach((token, index) => {
    if (token.kind === 'space') {
      const previous = tokens[index - 1]
      const words = upcoming(tokens, index + 1)
      const breaks = brackets.at(-1) !== false && !isFresh
      const isClause = breaks && CLAUSE.test(words) && !JOINED.test(last)
      const isCondition = breaks && CONDITION.test(words) && !isRange
      const depth = brackets.filter(Boolean).length + (isCondition ? 1 : 0)
      const mustBreak = previous?.kind === 'line-comment'
      const text = isClause || isCondition || mustBreak ? `\n${'  '.repeat(depth)}` : ' '
      pieces.push({ kind: 'plain', text })
      return
    }
    const word = token.kind === 'word' ? token.text.toUpperCase() : ''
    if (token.text === '(' && token.kind === 'sign') {
      brackets.push(
        /^(?:SELECT|WITH|INSERT|UPDATE|DELETE)(?: |$)/.test(upcoming(tokens, index + 1)),
      )
    } else if (token.text === ')' && token.kind === 'sign') brackets.pop()
    if (word === 'BETWEEN') isRange = true
    else if (word === 'AND') isRange = false
    isFresh = token.text === '(' || token.text === ';'
    last = word
    pieces.push({ kind: shownAs(token), text: token.text })
  })
  return pieces
}

/** The next three words in upper case, as far as only space is between them. */
function upcoming(tokens: readonly SqlToken[], from: number): string {
  const words: string[] = []
  for (let index = from; index < tokens.length && words.length < 4; index += 1) {
    const token = tokens[index]
    if (token?.kind === 'space') continue
    if (token?.kind !== 'word') break
    words.push(token.text.toUpperCase())
  }
  return words.join(' ')
}

function shownAs({ kind, text }: SqlToken): SqlPiece['kind'] {
  if (kind === 'literal') return 'literal'
  if (kind === 'comment' || kind === 'line-comment') return 'comment'
  return kind === 'word' && KEYWORDS.has(text.toUpperCase()) ? 'keyword' : 'plain'
}
