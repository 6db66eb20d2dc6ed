import type { Duration, Endpoint, Threshold } from './catalog.ts'
import { nearest } from './nearest.ts'
import { parseRoutePattern, type RoutePattern } from './route-pattern.ts'
import type { Format } from './shape.ts'
import { METHODS } from './vocabulary.ts'

/** A parser that gives the text itself when it matches. */
function matching(pattern: string): (text: string) => string | undefined {
  let expression: RegExp | undefined
  return text => {
    // Made at first use: most formats are in no catalog, and start-up waits for this module.
    expression ??= new RegExp(pattern, 'u')
    return expression.test(text) ? text : undefined
  }
}

/** A text mended by `change`, when that makes it valid and different. */
const mendedBy =
  (parse: (text: string) => unknown, change: (text: string) => string) =>
  (text: string): string | undefined => {
    const changed = change(text)
    return changed !== text && parse(changed) !== undefined ? changed : undefined
  }

/** A format of which nothing is made but the text itself. */
function spelling(
  noun: string,
  pattern: string,
  example: string,
  change: (text: string) => string,
): Format<string> {
  const parse = matching(pattern)
  return { noun, pattern, example, parse, mend: mendedBy(parse, change) }
}

export const words: Format<string> = spelling('a text', '\\S', 'Billing', text => text)

export const id: Format<string> = spelling(
  'an id of small letters, digits and hyphens',
  '^[a-z][a-z0-9-]*$',
  'billing',
  text =>
    text
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[-0-9]+|-+$/g, ''),
)

export const serviceName: Format<string> = spelling(
  'a service name without spaces',
  '^[\\w@][\\w./@-]*$',
  'web',
  text => text.trim().replace(/\s+/g, '-'),
)

export const handle: Format<string> = spelling(
  'a GitHub handle',
  '^@[\\w.-]+(/[\\w.-]+)?$',
  '@acme/billing',
  text => `@${text.trim().replace(/^https:\/\/github\.com\//, '')}`,
)

export const githubOrganisation: Format<string> = spelling(
  'a GitHub organisation',
  '^[A-Za-z0-9](-?[A-Za-z0-9])*$',
  'acme',
  text => text.replace(/^(https:\/\/github\.com\/|@)|\/$/g, ''),
)

export const channel: Format<string> = {
  ...spelling(
    'a channel, nor a secret named by its environment variable',
    '^(#[^\\s#]+|(pagerduty|opsgenie|slack|teams|discord|email|webhook):env:[A-Z][A-Z0-9_]*)$',
    '#billing-alerts',
    text => {
      const [, service, secret = ''] = /^([a-z]+):(?:env:)?(.*)$/i.exec(text) ?? []
      if (service === undefined) return `#${text}`
      // What is not surely the name of a variable may be the secret itself, and is not repeated.
      const variable = /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(secret) ? secret : `${service}_KEY`
      return `${service.toLowerCase()}:env:${variable.toUpperCase()}`
    },
  ),
  show: text => text.replace(/^(\w+):.+$/s, '$1:…'),
}

const ADDRESS = '^https?://[^\\s/?#]+(/[^\\s/?#]+)*$'
export const address: Format<string> = spelling(
  'an address, as https://… without a slash at its end',
  ADDRESS,
  'https://grafana.example.com',
  text => {
    const bare = text
      .trim()
      .replace(/[?#].*$/, '')
      .replace(/\/+$/, '')
    return /^[a-z]+:\/\//i.test(bare) ? bare : `https://${bare}`
  },
)

const DATE = '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$'
const looksLikeDate = matching(DATE)
const parseDate = (text: string): string | undefined => {
  if (looksLikeDate(text) === undefined) return undefined
  return new Date(`${text}T00:00:00Z`).toISOString().startsWith(text) ? text : undefined
}
export const date: Format<string> = {
  noun: 'a date of the calendar',
  pattern: DATE,
  example: '2026-10-02',
  parse: parseDate,
  mend: mendedBy(parseDate, text => {
    const [, year, month = '', day = ''] =
      /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})\b/.exec(text) ?? []
    return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  }),
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
const DURATION = '[1-9]\\d*(ms|s|m|h|d)'
const looksLikeDuration = matching(`^${DURATION}$`)
const parseDuration = (text: string): Duration | undefined => {
  if (looksLikeDuration(text) === undefined) return undefined
  const amount = Number.parseInt(text, 10)
  return { text, ms: amount * (UNITS[text.slice(String(amount).length)] ?? 0) }
}
export const duration: Format<Duration> = {
  noun: 'a duration, such as 400ms, 30s, 5m, 12h or 90d',
  pattern: `^${DURATION}$`,
  example: '5m',
  parse: parseDuration,
  mend: mendedBy(parseDuration, text => {
    const [, amount = '', unit = ''] = /^\s*(\d+)\s*([a-z]+)\s*$/i.exec(text) ?? []
    if (/^w/i.test(unit)) return `${Number(amount) * 7}d`
    const short = /^(ms|milli)/i.test(unit) ? 'ms' : unit.charAt(0).toLowerCase()
    return `${amount}${short}`
  }),
}

const HOST =
  '^(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?(:\\d{1,5})?$|^\\[[0-9a-fA-F:.]+\\](:\\d{1,5})?$'
const looksLikeHost = matching(HOST)
const parseHost = (text: string): string | undefined => looksLikeHost(text)?.toLowerCase()
export const host: Format<string> = {
  noun: 'a host',
  pattern: HOST,
  example: 'app.example.com',
  parse: parseHost,
  mend: mendedBy(parseHost, text =>
    text
      .trim()
      .replace(/^[a-z]+:\/\//i, '')
      .replace(/[/?#].*$/, ''),
  ),
}

const ROUTE = `((${METHODS.join('|')}|\\*) )?(?!\\S*/\\*\\*/[^/])/[^\\s?#]*`
const mendRoute = mendedBy(parseRoutePattern, written => {
  const [, method, path = ''] = /^\s*(?:([A-Za-z*]+)\s+)?(\S*)\s*$/.exec(written) ?? []
  const bare = path.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/[?#].*$/, '')
  const ended = bare.replace(/(\/\*\*|\/\[\.\.\.[^/]*)\/.*$/, '/**')
  const rooted = ended.startsWith('/') ? ended : `/${ended}`
  return method === undefined ? rooted : `${mendMethod(method)} ${rooted}`
})
const mendMethod = (method: string): string => {
  if (method === '*' || /^(any|all)$/i.test(method)) return '*'
  return nearest(method, METHODS) ?? method.toUpperCase()
}
export const routePattern: Format<RoutePattern> = {
  noun: 'a route, as METHOD /path with ** only at its end',
  pattern: `^${ROUTE}$`,
  example: 'GET /api/invoices/*',
  parse: parseRoutePattern,
  mend: mendRoute,
}

/** Splits the target of an exception, or the route of a trigger, at its first space. */
export function parseEndpoint(text: string): Endpoint | undefined {
  const [, service = '', route = ''] = /^(\S+) (.+)$/.exec(text) ?? []
  const pattern = parseRoutePattern(route)
  return pattern === undefined ? undefined : { service, pattern }
}
export const endpoint: Format<Endpoint> = {
  noun: 'a service and its route',
  pattern: `^\\S+ ${ROUTE}$`,
  example: 'web GET /api/invoices/export',
  parse: parseEndpoint,
  mend: text => {
    const [, service = '', route = ''] = /^\s*(\S+)\s+(.+)$/.exec(text) ?? []
    const mended = mendRoute(route)
    return mended === undefined ? undefined : `${service} ${mended}`
  },
}

/** A limit, above or below: its operand is read by `read`. */
function threshold(
  noun: string,
  operand: string,
  example: string,
  read: (text: string) => number | undefined,
): Format<Threshold> {
  const pattern = `^[<>]${operand}$`
  const looksLikeLimit = matching(pattern)
  const parse = (text: string): Threshold | undefined => {
    const value = looksLikeLimit(text) === undefined ? undefined : read(text.slice(1))
    return value === undefined ? undefined : { text, above: text.startsWith('>'), value }
  }
  const change = (text: string): string => {
    const bare = text.replaceAll(' ', '').replace('=', '')
    return /^[<>]/.test(bare) ? bare : `>${bare}`
  }
  return { noun, pattern, example, parse, mend: mendedBy(parse, change) }
}

export const share: Format<Threshold> = threshold(
  'a limit on a share from 0 to 1',
  '(0(\\.\\d+)?|1(\\.0+)?)',
  '>0.5',
  Number,
)
export const count: Format<Threshold> = threshold('a limit on a count', '\\d+', '>50', Number)
export const time: Format<Threshold> = threshold(
  'a limit on a time',
  DURATION,
  '>400ms',
  text => parseDuration(text)?.ms,
)
