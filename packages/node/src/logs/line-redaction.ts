import type { Redactor } from '../redaction/redactor.ts'

/** Fields of every line that hold no secret by what they are; they would be searched anew each time. */
const HARMLESS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['level', isNumber],
  ['time', isNumber],
  ['pid', isNumber],
  ['trace_id', value => isHex(value, 32)],
  ['span_id', value => isHex(value, 16)],
  ['trace_flags', value => isHex(value, 2)],
])

/**
 * Takes secrets and personal data out of a line of JSON, by the names and the values of its fields; what is no JSON is
 * searched as text. The line stays one, and stays JSON. Never throws.
 */
export function redactLine(line: string, redactor: Redactor): string {
  const fields = parse(line)
  if (fields === undefined) return redactor.text(line)
  const written: [string, unknown][] = []
  let changed = false
  for (const [key, value] of Object.entries(fields)) {
    if (HARMLESS.get(key)?.(value) === true) {
      written.push([key, value])
      continue
    }
    const field = { [key]: value }
    const redacted = redactor.attributes(field)
    changed ||= redacted !== field
    written.push(...Object.entries(redacted))
  }
  return changed ? `${JSON.stringify(Object.fromEntries(written))}\n` : line
}

function parse(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    // A logger may write lines of another kind.
    return undefined
  }
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}

function isHex(value: unknown, length: number): boolean {
  return typeof value === 'string' && value.length === length && /^[0-9a-f]+$/.test(value)
}
