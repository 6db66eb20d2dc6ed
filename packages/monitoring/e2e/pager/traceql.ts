import type { Collector } from '@throughline/testing'

type Span = Collector['spans'][number]

const CONDITION = /^(?<field>[\w.]+) (?<sign>=|!=|>=|>) (?<value>"(?:[^"\\]|\\.)*"|[\w.]+)$/
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 }

type Value = string | number | undefined

/**
 * The spans that a query finds, of those given: a set of conditions joined by `&&`, which is all of TraceQL that alerts
 * use. Throws on anything else.
 */
export function findSpans(query: string, spans: readonly Span[]): Span[] {
  const [, inner] = /^\{ (.+) \}$/.exec(query) ?? []
  if (inner === undefined) throw new Error(`no set of conditions: ${query}`)
  const conditions = inner.split(' && ').map(parseCondition)
  return spans.filter(span => conditions.every(holds => holds(span)))
}

function parseCondition(text: string): (span: Span) => boolean {
  const { field = '', sign, value = '' } = CONDITION.exec(text)?.groups ?? {}
  const wanted = parseValue(value)
  const read = readerOf(field)
  if (read === undefined) throw new Error(`no condition that is understood here: ${text}`)
  return span => {
    const found = read(span)
    if (sign === '=') return found === wanted
    if (sign === '!=') return found !== wanted
    if (typeof found !== 'number' || typeof wanted !== 'number') return false
    return sign === '>=' ? found >= wanted : found > wanted
  }
}

function readerOf(field: string): ((span: Span) => Value) | undefined {
  if (field === 'resource.service.name') return span => span.service
  if (field === 'status') return span => span.status
  if (field === 'kind') return span => span.kind
  if (field === 'duration') return span => span.durationMs
  const [, attribute] = /^span\.(.+)$/.exec(field) ?? []
  return attribute === undefined ? undefined : span => comparable(span.attributes[attribute])
}

/** Text without its quotes, a duration in milliseconds, a number, or a word such as `error`. */
function parseValue(text: string): string | number {
  if (text.startsWith('"')) return JSON.parse(text) as string
  const [, number, unit] = /^([\d.]+)(ms|s|m)?$/.exec(text) ?? []
  if (number === undefined) return text
  return Number(number) * (unit === undefined ? 1 : (MILLISECONDS[unit] ?? 1))
}

function comparable(value: Span['attributes'][string] | undefined): Value {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}
