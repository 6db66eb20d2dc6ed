import type { Rule, Take, TextRule } from './rule.ts'

/** Fewest characters of a token: 20 letters and digits hold 100 bits. */
const MIN_LENGTH = 20
/** Of these so many are letters and digits. */
const MIN_ALPHANUMERICS = 17
/** Changes of class a letter or digit from which on nobody wrote this: random runs have 0.3 and more, names less. */
const MIN_CHANGES = 0.25
/** The same, of changes between digits and letters alone. */
const MIN_DIGIT_CHANGES = 0.18
/** Consonants of one case in a row that no word has. */
const MIN_CONSONANTS = 6
/** The same in a run of one case that holds digits, too. */
const MIN_CONSONANTS_BESIDE_DIGITS = 4

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const VOWELS = new Set(Buffer.from('aeiouyAEIOUY'))
const HYPHEN = 45
const PLUS = 43
const UNDERSCORE = 95

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isUpper = (code: number): boolean => code >= 65 && code <= 90

/** Whether a run of letters, digits, `-` and `_` was drawn by lot rather than written by somebody. UUIDs are not meant. */
export function isToken(run: string): boolean {
  if (run.length < MIN_LENGTH) return false
  let length = 0
  let digits = 0
  let uppers = 0
  let digitChanges = 0
  let caseChanges = 0
  let consonants = 0
  let mostConsonants = 0
  let before = 0
  for (let at = 0; at < run.length; at++) {
    const code = run.charCodeAt(at)
    if (code === HYPHEN || code === UNDERSCORE || code === PLUS) {
      consonants = 0
      continue
    }
    length++
    const digit = isDigit(code)
    const upper = isUpper(code)
    if (digit) digits++
    if (upper) uppers++
    const changesClass = digit !== isDigit(before)
    const changesCase = !digit && !changesClass && upper !== isUpper(before)
    if (before !== 0 && changesClass) digitChanges++
    if (before !== 0 && changesCase) caseChanges++
    consonants = digit || VOWELS.has(code) ? 0 : changesCase ? 1 : consonants + 1
    mostConsonants = Math.max(mostConsonants, consonants)
    before = code
  }
  if (length < MIN_ALPHANUMERICS || digits === length || UUID.test(run)) return false
  const oneCase = uppers === 0 || uppers + digits === length
  return (
    digitChanges >= length * MIN_DIGIT_CHANGES ||
    digitChanges + caseChanges / 2 >= length * MIN_CHANGES ||
    mostConsonants >= MIN_CONSONANTS ||
    (oneCase &&
      digitChanges > 1 &&
      length === run.length &&
      mostConsonants >= MIN_CONSONANTS_BESIDE_DIGITS)
  )
}

const RUN = /[\w+-]{20,}={0,2}/g
/** Base64 that says so by its end or by a `+`; a path has neither. */
const BASE64 = /(?<![\w+/])(?=[\w/]*[+=])[\w+/]{24,}={0,2}/g
/** Chunks of bundlers carry the hash of their content in their names. */
const FILE_ENDING = /\.(?:[cm]?[jt]sx?|css|map|wasm|html)\b/y
const TRACE_CONTEXT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/
const HEX_ID = /^(?:[0-9a-f]{32}|[0-9a-f]{16})$/
const NAMES_ID = /(?:trace|span)[ _-]?(?:id)?["']?\s?[=:]?\s?["']?$/i

const RULE: Rule = {
  name: 'token',
  meaning:
    'runs of 20 characters and more that look drawn by lot; UUIDs, ids of traces and names of files are kept',
}

/** What looks like a secret whatever it is one of. */
export const TOKEN: TextRule = {
  ...RULE,
  redact: (text, take) =>
    redactBase64(text, take).replaceAll(RUN, (found, at: number, whole: string) => {
      if (!isToken(found) || TRACE_CONTEXT.test(found)) return found
      const end = at + found.length
      FILE_ENDING.lastIndex = end
      if (FILE_ENDING.test(whole)) return found
      if (HEX_ID.test(found) && NAMES_ID.test(whole.slice(Math.max(0, at - 16), at))) return found
      return take(found)
    }),
}

function redactBase64(text: string, take: Take): string {
  if (!text.includes('=') && !text.includes('+')) return text
  return text.replaceAll(BASE64, found =>
    isToken(found.replaceAll(/[/=]/g, '')) ? take(found) : found,
  )
}
