import type { Take, TextRule } from './rule.ts'

/** Messages that quote a value that the application was given: what stands before it, and what after it. */
const QUOTING: readonly (readonly [before: RegExp, after: string])[] = [
  // PostgreSQL: invalid input syntax for type integer: "…"; malformed array literal: "…"; … out of range: "…"
  [/\b(?:invalid|malformed|out of range|unrecognized)[^"\n]{0,80}: "/i, '"'],
  // value "…" is out of range for type integer
  [/\bvalue "/i, '"'],
  // Key (email)=(…) already exists; Failing row contains (…)
  [/\bKey \([^)\n]*\)=\(/i, ')'],
  [/\brow contains \(/i, ')'],
  // syntax error at or near "…"
  [/\bat or near "/i, '"'],
  // MySQL
  [/\b(?:Duplicate entry|Incorrect \w+ value:|Truncated incorrect \w+ value:) '/i, "'"],
  [/\bto use near '/i, "' at line"],
  // MongoDB
  [/\bdup key: \{/i, '}'],
  // V8's JSON.parse and BigInt
  [/"(?=[^\n]{0,100}" is not valid JSON)/, '" is not valid JSON'],
  [/\bCannot convert (?=\S+ to a BigInt)/, ' to a BigInt'],
]

/** Values in the messages of errors that quote what they complain of. */
export const ERROR_VALUE: TextRule = {
  name: 'error-value',
  meaning: 'values that messages of PostgreSQL, MySQL, MongoDB and JSON.parse quote',
  redact: (text, take) =>
    QUOTING.reduce((rest, [before, after]) => redactQuoted(rest, before, after, take), text),
}

/** To the last `after`, since the value may hold some itself; to the end where there is none. */
function redactQuoted(text: string, before: RegExp, after: string, take: Take): string {
  const match = before.exec(text)
  if (match === null) return text
  const start = match.index + match[0].length
  const last = text.lastIndexOf(after)
  const end = last < start ? text.length : last
  return end === start
    ? text
    : text.slice(0, start) + take(text.slice(start, end)) + text.slice(end)
}
