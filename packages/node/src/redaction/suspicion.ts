const LONG_RUN = 16
const MANY_DIGITS = 10

/** Ends a run and is nothing else. */
const BREAK = 0
/** Letters, `_` and `-`, which is part of a UUID. */
const WORD = 1
const DIGIT = 2
const SUSPICIOUS = 4

/** Class of each ASCII character; all others are suspicious. */
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/\d/.test(character)) return DIGIT
  if (/[\w-]/.test(character)) return WORD
  return '/.*,'.includes(character) ? BREAK : SUSPICIOUS
})

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
const UUID_LENGTH = 36

/**
 * Whether a rule may find something in `text`, from `from` on; where it says no, none does. For most values of most
 * attributes it says no, in one pass: they are short, or words, numbers and UUIDs with `/`, `.` and `,` between them.
 */
export function isSuspicious(text: string, from = 0): boolean {
  const { length } = text
  let start = from
  let digits = 0
  for (let at = from; at < length; at++) {
    const code = text.charCodeAt(at)
    const kind = code < 128 ? CLASSES[code] : SUSPICIOUS
    if (kind === WORD) continue
    if (kind === DIGIT) digits++
    else if (kind === BREAK) {
      if (at - start >= LONG_RUN && !isUuid(text, start, at)) return true
      start = at + 1
    } else return true
  }
  if (length - start >= LONG_RUN && !isUuid(text, start, length)) return true
  return digits >= MANY_DIGITS && countDigits(text, from) >= MANY_DIGITS
}

const isUuid = (text: string, start: number, end: number): boolean =>
  end - start === UUID_LENGTH && UUID.test(text.slice(start, end))

/** Those of UUIDs left out. */
const countDigits = (text: string, from: number): number =>
  text
    .slice(from)
    .split(/[/.*,]/)
    .filter(run => !UUID.test(run))
    .join('')
    .replaceAll(/\D/g, '').length

/** Makes what tells whether a text holds one of `words`, in one pass. */
export function createWordSearch(words: readonly string[]): (text: string) => boolean {
  const shortest = Math.min(...words.map(word => word.length))
  const byFirst = new Map(words.map(word => [word.charCodeAt(0), [] as string[]]))
  for (const word of words) byFirst.get(word.charCodeAt(0))?.push(word)
  const isFirst = Uint8Array.from({ length: 128 }, (_, code) => (byFirst.has(code) ? 1 : 0))
  return text => {
    for (let at = 0; at <= text.length - shortest; at++) {
      const code = text.charCodeAt(at)
      if (code < 128 && isFirst[code] === 0) continue
      if (byFirst.get(code)?.some(word => text.startsWith(word, at)) === true) return true
    }
    return false
  }
}
