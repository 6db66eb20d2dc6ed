import type { Node } from 'oxc-parser'
import { continues } from './import-line.ts'
import { endOf, type Source } from './source.ts'
import {
  breakAt,
  breakBefore,
  cut,
  endsLine,
  indentOf,
  insertAt,
  lineEnd,
  lineStart,
  type Splice,
  startsLine,
} from './splice.ts'

/** What stands in braces. */
export interface Braces {
  /** Offset after the brace that opens, or after directives. */
  readonly start: number
  /** The first statement or property. */
  readonly first: Node | undefined
  readonly separator: ';' | ','
}

/** Puts a statement or a property first in braces: on a line of its own where the brace ends its line. */
export function insertInside(source: Source, braces: Braces, code: string): Splice {
  const { text } = source
  const { start, first, separator } = braces
  const at = lineEnd(text, start)
  if (endsLine(text, start) && breakAt(text, at) !== '') {
    const indent =
      first !== undefined && startsLine(text, first.start)
        ? indentOf(text, first.start)
        : indentOf(text, start) + source.indent
    const isOpen = separator === ';' && !continues(source, at)
    return insertAt(at, breakAt(text, at) + indent + code + (isOpen ? source.semicolon : separator))
  }
  return first === undefined
    ? insertAt(start, ` ${code} `)
    : insertAt(first.start, `${code}${separator} `)
}

/** Takes out what {@link insertInside} put in, from `start` to the end of `node`, and the comma of a property. */
export function removeInside(source: Source, start: number, node: Node): Splice {
  const { text } = source
  const until = endOf(source, node)
  const end = text[until] === ',' ? until + 1 : until
  const line = lineStart(text, start)
  if (startsLine(text, start) && /^[ \t]*$/.test(text.slice(end, lineEnd(text, end))))
    return cut(line - breakBefore(text, line).length, end)
  const isAlone = text[end] === ' ' && !/[;,]/.test(text[end - 1] ?? '')
  return cut(
    isAlone && text[start - 1] === ' ' ? start - 1 : start,
    text[end] === ' ' ? end + 1 : end,
  )
}
