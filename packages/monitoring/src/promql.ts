import { quoteLabel, renderMatchers, type RouteSelector } from './partition/route-selector.ts'

/** Matchers by label: `{ job: 'web' }` is `job="web"`; a value that begins with an operator keeps it: `~a|b`, `!`, `!~a`. */
export type Matchers = Readonly<Record<string, string>>

/** A selector of one metric: `name{job="web",…}`. */
export function series(name: string, matchers: Matchers, selector?: RouteSelector): string {
  const parts = Object.entries(matchers).map(([label, value]) => {
    const [, operator = '', operand = ''] = /^(!~|!|~)?(.*)$/s.exec(value) ?? []
    const sign = operator === '' ? '=' : operator === '!' ? '!=' : operator === '~' ? '=~' : '!~'
    return `${label}${sign}${quoteLabel(operand)}`
  })
  const routes = selector === undefined ? '' : renderMatchers(selector)
  return `${name}{${[...parts, ...(routes === '' ? [] : [routes])].join(',')}}`
}

/** The series of a metric that any of several selectors takes, each once. */
export function seriesOf(
  name: string,
  matchers: Matchers,
  selectors: readonly RouteSelector[],
): string {
  return anyOf(selectors.map(selector => series(name, matchers, selector)))
}

/** Whatever any of the expressions gives. */
export function anyOf(expressions: readonly string[]): string {
  const [only = ''] = expressions
  return expressions.length === 1 ? only : `(${expressions.join(' or ')})`
}

/** Labels that tell one route of one service. */
export const BY_ROUTE = 'job, http_request_method, http_route'

/** A duration as Prometheus writes it, from milliseconds: `90d`, `1500ms`. */
export function promDuration(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const
  const [unit, length] = units.find(([, size]) => ms % size === 0) ?? ['ms', 1]
  return `${ms / length}${unit}`
}

/** Milliseconds of one of Prometheus' durations with one unit. */
export function durationMs(text: string): number {
  const sizes: Readonly<Record<string, number>> = {
    ms: 1,
    s: 1000,
    m: 60_000,
    h: 3_600_000,
    d: 86_400_000,
  }
  const [, amount = '0', unit = 'ms'] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? []
  return Number(amount) * (sizes[unit] ?? 0)
}
