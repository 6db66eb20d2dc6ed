import { createMemo } from '../memo.ts'
import type { Rule, TextRule } from './rule.ts'
import { isSecretName } from './secret-names.ts'

/** Names whose values go on to the end of the line. */
const HEADERS = /(?:authorization|cookie|cookies)$/i

/** What follows `password:` and the like in a sentence about it. */
const PROSE = new Set(
  'expired false invalid is missing must none not null required true undefined unknown was wrong'.split(
    ' ',
  ),
)

/** `name=`, `name: `, `"name": `, `\"name\":`, `'name' => `. */
const ASSIGNMENT =
  /(?<![\w.-])-{0,2}([A-Za-z_][\w.-]*)(?:\]|\\?["'`])?\s{0,3}(=>|=(?!=)|:(?![:/]))\s{0,3}/g
/** `--name value`. */
const FLAG = /(?<!\S)(--?[A-Za-z][\w-]*)\s{1,3}(?=[^\s-])/g
/** `<name>value`. */
const ELEMENT = /<([A-Za-z_][\w.:-]*)>(?=[^<])/g
/** `password "value"`, `token is 'value'`. */
const QUOTED = /\b(passwords?|passwd|secret|api.?key|pin)(?:\s(?:is|was))?\s{1,3}(?=["'`])/gi

/** The rule for what is written down under the name of a secret, in any notation. */
export function createAssignmentRule(rule: Rule, isAdded: (name: string) => boolean): TextRule {
  const names = createMemo<boolean>()
  const isSecret = (name: string): boolean => {
    const known = names.get(name)
    if (known !== undefined) return known
    const is = isSecretName(name) || isAdded(name)
    names.set(name, is)
    return is
  }
  return {
    ...rule,
    redact: (text, take) => {
      const found: Start[] = []
      addStarts(found, text, ASSIGNMENT, isSecret, (name, sign) =>
        HEADERS.test(name) ? endOfLine : sign === ':' ? endOfField : endOfValue,
      )
      if (text.includes('-')) addStarts(found, text, FLAG, isSecret, () => endOfWord)
      if (text.includes('<')) addStarts(found, text, ELEMENT, isSecret, () => endOfElement)
      addStarts(
        found,
        text,
        QUOTED,
        () => true,
        () => endOfValue,
      )
      if (found.length === 0) return text
      found.sort((a, b) => a.from - b.from)
      let rest = 0
      let result = ''
      for (const { from, endOf } of found) {
        if (from < rest) continue
        const [start, end] = endOf(text, from)
        if (end <= start) continue
        result += text.slice(rest, start) + take(text.slice(start, end))
        rest = end
      }
      return result + text.slice(rest)
    },
  }
}

/** Where the value that begins at `from` is: without its quotes. Nothing when it is no value. */
type EndOf = (text: string, from: number) => readonly [start: number, end: number]

interface Start {
  readonly from: number
  readonly endOf: EndOf
}

function addStarts(
  starts: Start[],
  text: string,
  pattern: RegExp,
  isSecret: (name: string) => boolean,
  choose: (name: string, sign: string) => EndOf,
): void {
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, name = '', sign = ''] = match
    if (isSecret(name)) starts.push({ from: match.index + whole.length, endOf: choose(name, sign) })
  }
}

const WORD = /[^\s"'`<>]*/y
const VALUE = /[^\s&;"'`<>]*/y
const LINE = /[^\n]*/y
const ELEMENT_TEXT = /[^<]*/y
/** What stands for a value. */
const PLACEHOLDER = /^(?:\?|\$\d+|%s|\*+)[,.)\]}:]*$/
/** What a rule has left there before. */
const MARKER = /^\[redacted:[\w-]+\]/

const match = (pattern: RegExp, text: string, from: number): string => {
  pattern.lastIndex = from
  return pattern.exec(text)?.[0] ?? ''
}

const endOfLine: EndOf = (text, from) =>
  quoted(text, from) ?? [from, from + match(LINE, text, from).trimEnd().length]

const endOfElement: EndOf = (text, from) => [from, from + match(ELEMENT_TEXT, text, from).length]

const endOfWord: EndOf = (text, from) =>
  quoted(text, from) ?? [from, from + match(WORD, text, from).length]

/** Of `name: value`, which may be a sentence. */
const endOfField: EndOf = (text, from) => {
  const [start, end] = endOfValue(text, from)
  return PROSE.has(text.slice(start, end).toLowerCase()) ? [from, from] : [start, end]
}

const endOfValue: EndOf = (text, from) => {
  const enclosed = quoted(text, from) ?? bracketed(text, from)
  if (enclosed !== undefined) return enclosed
  const value = match(VALUE, text, from)
  // A scheme goes on with its credentials.
  const scheme = /^(?:bearer|basic|digest|token)$/i.test(value) ? value.length + 1 : 0
  const whole =
    scheme === 0 ? value : text.slice(from, from + scheme) + match(VALUE, text, from + scheme)
  if (PLACEHOLDER.test(whole)) return [from, from]
  const marker = MARKER.exec(whole)?.[0].length ?? 0
  return [from, from + marker + whole.slice(marker).replace(/[,.)\]}:]+$/, '').length]
}

/** Between quotes, which may be escaped themselves, as in JSON within JSON; to the end where they do not close. */
function quoted(text: string, from: number): readonly [number, number] | undefined {
  const escaped = text[from] === '\\' ? 1 : 0
  const quote = text[from + escaped] ?? ''
  if (!`"'\``.includes(quote) || quote === '') return undefined
  const start = from + escaped + 1
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\' && escaped === 0) at++
    else if (text[at] === quote)
      return [start, at - (escaped === 1 && text[at - 1] === '\\' ? 1 : 0)]
  }
  return [start, text.length]
}

/** From a bracket to the one that closes it; to the end where none does. */
function bracketed(text: string, from: number): readonly [number, number] | undefined {
  if ((text[from] !== '[' && text[from] !== '{') || text.startsWith('[redacted:', from)) {
    return undefined
  }
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '[' || text[at] === '{') depth++
    else if ((text[at] === ']' || text[at] === '}') && --depth === 0) return [from, at + 1]
  }
  return [from, text.length]
}
