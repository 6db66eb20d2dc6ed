/** A part of a text that another takes the place of. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

export const insertAt = (offset: number, text: string): Splice => ({
  start: offset,
  end: offset,
  text,
})

export const cut = (start: number, end: number): Splice => ({ start, end, text: '' })

/** The text with every splice made; those at one offset in the order that they are given. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = ''
  let at = 0
  for (const splice of splices.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, splice.start) + splice.text
    at = splice.end
  }
  return result + text.slice(at)
}

/** Offset at which the line of `offset` starts. */
export const lineStart = (text: string, offset: number): number =>
  text.lastIndexOf('\n', offset - 1) + 1

/** Offset of the line break after `offset`, or of the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset)
  if (at < 0) return text.length
  return text[at - 1] === '\r' && at > offset ? at - 1 : at
}

/** The line break at `offset`, or nothing. */
export const breakAt = (text: string, offset: number): string =>
  /^\r?\n/.exec(text.slice(offset, offset + 2))?.[0] ?? ''

/** The line break that ends right before `offset`, or nothing. */
export const breakBefore = (text: string, offset: number): string =>
  /\r?\n$/.exec(text.slice(Math.max(0, offset - 2), offset))?.[0] ?? ''

/** White space at the start of the line of `offset`. */
export const indentOf = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? ''

/** Whether nothing but white space and whole comments stands between `offset` and a line break. */
export const endsLine = (text: string, offset: number): boolean =>
  /^[ \t]*(\/\*[^\r\n]*?\*\/[ \t]*)*(\/\/[^\r\n]*)?$/.test(
    text.slice(offset, lineEnd(text, offset)),
  )

/** Whether only white space stands before `offset` in its line. */
export const startsLine = (text: string, offset: number): boolean =>
  text.slice(lineStart(text, offset), offset).trim() === ''
