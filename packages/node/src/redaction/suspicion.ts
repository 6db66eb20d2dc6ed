const LONG_RUN = 16
const MANY_DIGITS = 10

const NONE = 0
const WORD = 1
const DIGIT = 2
/** A `-`: part of a run, and so of a UUID. */
const HYPHEN = 3
const SUSPICIOUS = 4

/** Class of each ASCII character; all others are suspicious. */
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/\d/.test(character)) return DIGIT
  if (/\w/.test(character)) return WORD
  if (character === '-') return HYPHEN
  return '/.*,'.includes(character) ? NONE : SUSPICIOUS
})

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
const UUID_LENGTH = 36

/**
 * Whether a rule may find something in `text`, from `from` on; where it says no, none does. For most values of most attributes it says
 * no, in one pass: they are short, or words, numbers and UUIDs with `/`, `.` and `,` between them.
 */
export function isSuspicious(text: string, from = 0): boolean {
  let run = 0
  let digitsOfRun = 0
  let digits = 0
  for (let at = from; at <= text.length; at++) {
    const code = at === text.length ? 47 : text.charCodeAt(at)
    const kind = code < 128 ? (CLASSES[code] ?? SUSPICIOUS) : SUSPICIOUS
    if (kind === SUSPICIOUS) return true
    if (kind !== NONE) {
      run++
      if (kind === DIGIT) {
        digitsOfRun++
        digits++
      }
      continue
    }
    if (run >= LONG_RUN) {
      const isUuid = run === UUID_LENGTH && UUID.test(text.slice(at - run, at))
      if (!isUuid) return true
      digits -= digitsOfRun
    }
    run = 0
    digitsOfRun = 0
  }
  return digits >= MANY_DIGITS
}

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
