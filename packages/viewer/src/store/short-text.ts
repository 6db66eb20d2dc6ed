/** More than any name has. */
const MOST_CHARACTERS = 200

/** A text without what is beyond a length that no name has. */
export function shorten(text: string): string {
  return text.length > MOST_CHARACTERS ? detach(text.slice(0, MOST_CHARACTERS)) : text
}

/** A copy of a text that may be a part of a much longer one, which it would keep in memory. */
export function detach(text: string): string {
  return Buffer.from(text).toString()
}

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f]/g

/** A text as it is compared with another: in lower case, and on one line. */
export function foldCase(text: string): string {
  return text.toLowerCase().replaceAll(CONTROL, ' ')
}
