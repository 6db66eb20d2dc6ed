import type { Node } from 'oxc-parser'
import { endOf, type Source } from './source.ts'
import { breakAt, breakBefore, cut, insertAt, type Splice } from './splice.ts'

/** Puts lines last in a source, after a blank one. */
export function insertLast({ text, eol, semicolon }: Source, lines: readonly string[]): Splice {
  const code = lines.map(line => line + semicolon).join(eol)
  const isEnded = text === '' || breakBefore(text, text.length) !== ''
  return insertAt(text.length, isEnded ? `${eol}${code}${eol}` : `${eol}${eol}${code}`)
}

/** Takes out a run of statements that {@link insertLast} put in. */
export function removeLast(source: Source, run: readonly Node[]): Splice {
  const { text } = source
  const { start } = run[0] as Node
  const end = endOf(source, run.at(-1) as Node)
  const above = breakBefore(text, start).length
  const below = breakAt(text, end).length
  const blank = breakBefore(text, start - above).length
  return cut(start - above - (below === 0 ? blank : 0), end + below)
}
