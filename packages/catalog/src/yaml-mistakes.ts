import type { Alias, ErrorCode, YAMLError } from 'yaml'
import { nearest } from './nearest.ts'

/** A mistake in the YAML itself. */
export interface YamlMistake {
  readonly offset: number
  readonly message: string
  readonly fix: string
}

/** The mistakes that the package found, in our words. */
export function mistakesOf(errors: readonly YAMLError[], text: string): YamlMistake[] {
  return firstOfEachLine(errors, text).map(error => mistakeOf(error, text))
}

/** One mistake makes the parser stumble several times on its line. */
function firstOfEachLine(errors: readonly YAMLError[], text: string): YAMLError[] {
  const lines = new Set<number>()
  return errors.filter(({ pos: [offset] }) => {
    const line = text.lastIndexOf('\n', offset - 1)
    return !lines.has(line) && lines.add(line)
  })
}

const FIXES: Partial<Record<ErrorCode, string>> = {
  BAD_DIRECTIVE: 'remove the line that starts with "%"',
  BAD_DQ_ESCAPE: 'write the value in single quotes, or "\\\\" for a backslash',
  BAD_SCALAR_START: 'write the value in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'write a value that holds ": " in quotes, or indent the line below as this one',
  BLOCK_IN_FLOW: 'put a comma between the entries',
  NON_STRING_KEY: 'write a plain word as the key',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'remove the tag',
}

function mistakeOf({ code, message, pos }: YAMLError, text: string): YamlMistake {
  const [offset] = pos
  const reason =
    code === 'NON_STRING_KEY'
      ? 'a key must be a text'
      : message.charAt(0).toLowerCase() + message.slice(1)
  return {
    offset,
    message: `not valid YAML at "${lineAround(text, offset)}": ${reason}`,
    fix: FIXES[code] ?? fixOf(message),
  }
}

function fixOf(message: string): string {
  if (message.endsWith('quote')) return 'close the quote that is open'
  if (message.includes('end with a'))
    return `close the bracket with ${message.at(-1)}, or indent what is inside it`
  if (message.includes('without - indicator'))
    return 'indent the line further, or start it with "- "'
  if (message.includes('same column')) return 'indent the key as the keys beside it'
  if (message.includes('followed by map values'))
    return 'write ": " with a space between key and value'
  return 'mend the YAML here'
}

function lineAround(text: string, offset: number): string {
  const end = text.indexOf('\n', offset)
  const whole = text.slice(text.lastIndexOf('\n', offset - 1) + 1, end === -1 ? text.length : end)
  return whole.trim().slice(0, 60)
}

export function unknownAlias(
  { source }: Alias,
  offset: number,
  anchors: Iterable<string>,
): YamlMistake {
  const near = nearest(source, anchors)
  return {
    offset,
    message: `alias "*${source}" has no anchor above it`,
    fix: near === undefined ? 'write the value out' : `write *${near}`,
  }
}

export const aliasInItself = ({ source }: Alias, offset: number): YamlMistake => ({
  offset,
  message: `alias "*${source}" stands inside its own anchor`,
  fix: 'write the value out',
})

export const tooDeep = (offset: number, limit: number): YamlMistake => ({
  offset,
  message: `nested deeper than ${limit} levels`,
  fix: 'remove the nesting: a catalog needs no more than eight levels',
})

export const tooMany = (offset: number, limit: number): YamlMistake => ({
  offset,
  message: `more than ${limit} values, with aliases expanded`,
  fix: 'write the values out in place of the aliases',
})
