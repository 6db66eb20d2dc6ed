/** A piece of SQL. Joined in order, the texts are the whole query. */
export interface SqlToken {
  readonly kind: 'space' | 'word' | 'literal' | 'comment' | 'line-comment' | 'sign'
  readonly text: string
}

// Literals come before words: E'\'' and $tag$ … $tag$ begin like words. An unclosed one goes on to the end.
const TOKEN = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<line>--[^\n]*)`,
    String.raw`(?<comment>/\*[\s\S]*?(?:\*/|$))`,
    String.raw`(?<literal>[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|${'`'}[^${'`'}]*(?:${'`'}|$)|\$(?<tag>[A-Za-z_]\w*|)\$[\s\S]*?(?:\$\k<tag>\$|$))`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`(?<sign>[\s\S])`,
  ].join('|'),
  'gu',
)

/** Cuts SQL into pieces. Whatever it is given, nothing is lost. */
export function readSql(sql: string): SqlToken[] {
  const tokens: SqlToken[] = []
  for (const { 0: text, groups } of sql.matchAll(TOKEN)) {
    tokens.push({ kind: kindOf(groups ?? {}), text })
  }
  return tokens
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): SqlToken['kind'] {
  if (groups['space'] !== undefined) return 'space'
  if (groups['line'] !== undefined) return 'line-comment'
  if (groups['comment'] !== undefined) return 'comment'
  if (groups['literal'] !== undefined) return 'literal'
  return groups['word'] === undefined ? 'sign' : 'word'
}
