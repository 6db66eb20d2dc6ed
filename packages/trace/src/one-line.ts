/** A text as one line of at most `length` characters. */
export function oneLine(text: string, length: number): string {
  // Only the beginning is looked at: a query may be a megabyte.
  const start = text.length > length * 4 ? text.slice(0, length * 4) : text
  const line = BREAKS.test(start) ? start.replaceAll(/\s+/g, ' ').trim() : start
  return line.length <= length && start.length === text.length ? line : clip(line, length)
}

const BREAKS = /[\n\r\t]|^ | $| {2}/

/** A text cut off after `length` characters, and never within one that takes two. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text
  const end = isHighSurrogate(text.charCodeAt(length - 2)) ? length - 2 : length - 1
  return `${text.slice(0, end)}…`
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff
