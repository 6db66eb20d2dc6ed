import type { Duration, Endpoint, Threshold } from './catalog.ts'
import { nearest } from './nearest.ts'
import { parseRoutePattern, type RoutePattern } from './route-pattern.ts'
import type { Format } from './shape.ts'
import { METHODS } from './vocabulary.ts'

function matching(pattern: string): (text: string) => string | undefined {
  const expression = new RegExp(pattern, 'u')
  return text => (expression.test(text) ? text : undefined)
}

/** A text mended by `change`, when that makes it valid and different. */
const mendedBy =
  (parse: (text: string) => unknown, change: (text: string) => string) =>
  (text: string): string | undefined => {
    const changed = change(text)
    return changed !== text && parse(changed) !== undefined ? changed : undefined
  }

const WORDS = '\\S'
export const words: Format<string> = {
  noun: 'a text',
  pattern: WORDS,
  example: 'Billing',
  parse: matching(WORDS),
}

const ID = '^[a-z][a-z0-9-]*$'
export const id: Format<string> = {
  noun: 'an id of small letters, digits and hyphens',
  pattern: ID,
  example: 'billing',
  parse: matching(ID),
  mend: mendedBy(matching(ID), text =>
    text
      .trim()
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[-0-9]+|-+$/g, ''),
  ),
}

const SERVICE_NAME = '^[\\w@][\\w./@-]*$'
export const serviceName: Format<string> = {
  noun: 'a service name without spaces',
  pattern: SERVICE_NAME,
  example: 'web',
  parse: matching(SERVICE_NAME),
  mend: mendedBy(matching(SERVICE_NAME), text => text.trim().replace(/\s+/g, '-')),
}

const HANDLE = '^@[\\w.-]+(/[\\w.-]+)?$'
export const handle: Format<string> = {
  noun: 'a GitHub handle',
  pattern: HANDLE,
  example: '@acme/billing',
  parse: matching(HANDLE),
  mend: mendedBy(
    matching(HANDLE),
    text => `@${text.trim().replace(/^https:\/\/github\.com\//, '')}`,
  ),
}

const GITHUB = '^[A-Za-z0-9](-?[A-Za-z0-9])*$'
export const githubOrganisation: Format<string> = {
  noun: 'a GitHub organisation',
  pattern: GITHUB,
  example: 'acme',
  parse: matching(GITHUB),
  mend: mendedBy(matching(GITHUB), text => text.replace(/^(https:\/\/github\.com\/|@)|\/$/g, '')),
}

const CHANNEL =
  '^(#[^\\s#]+|(pagerduty|opsgenie|slack|teams|discord|email|webhook):env:[A-Z][A-Z0-9_]*)$'
export const channel: Format<string> = {
  noun: 'a channel, nor a secret named by its environment variable',
  pattern: CHANNEL,
  example: '#billing-alerts',
  parse: matching(CHANNEL),
  mend: text => {
    const [, service, secret = ''] = /^([a-z]+):(?:env:)?(.*)$/i.exec(text) ?? []
    if (service === undefined) return mendedBy(matching(CHANNEL), bare => `#${bare}`)(text)
    const variable = /^[A-Z]\w*$/i.test(secret) && /_/.test(secret) ? secret : `${service}_KEY`
    const mended = `${service.toLowerCase()}:env:${variable.toUpperCase()}`
    return matching(CHANNEL)(mended)
  },
  show: text => text.replace(/^(\w+):.+$/s, '$1:…'),
}

const DATE = '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$'
const parseDate = (text: string): string | undefined => {
  if (matching(DATE)(text) === undefined) return undefined
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
const DURATION = '^[1-9]\\d*(ms|s|m|h|d)$'
const parseDuration = (text: string): Duration | undefined => {
  if (matching(DURATION)(text) === undefined) return undefined
  const amount = Number.parseInt(text, 10)
  return { text, ms: amount * (UNITS[text.slice(String(amount).length)] ?? 0) }
}
const mendDuration = mendedBy(parseDuration, text => {
  const [, amount = '', unit = ''] = /^\s*(\d+)\s*([a-z]+)\s*$/i.exec(text) ?? []
  if (/^w/i.test(unit)) return `${Number(amount) * 7}d`
  const short = /^(ms|milli)/i.test(unit) ? 'ms' : unit.charAt(0).toLowerCase()
  return `${amount}${short}`
})
export const duration: Format<Duration> = {
  noun: 'a duration, such as 400ms, 30s, 5m, 12h or 90d',
  pattern: DURATION,
  example: '5m',
  parse: parseDuration,
  mend: mendDuration,
}

const HOST =
  '^(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?(:\\d{1,5})?$|^\\[[0-9a-fA-F:.]+\\](:\\d{1,5})?$'
const parseHost = (text: string): string | undefined => matching(HOST)(text)?.toLowerCase()
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

function threshold(
  noun: string,
  operand: string,
  example: string,
  read: (text: string) => number | undefined,
): Format<Threshold> {
  const pattern = `^[<>]${operand}$`
  const parse = (text: string): Threshold | undefined => {
    const value = matching(pattern)(text) === undefined ? undefined : read(text.slice(1))
    return value === undefined ? undefined : { text, above: text.startsWith('>'), value }
  }
  const mend = (text: string): string => {
    const bare = text.replaceAll(' ', '').replace('=', '')
    return /^[<>]/.test(bare) ? bare : `>${bare}`
  }
  return { noun, pattern, example, parse, mend: mendedBy(parse, mend) }
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
  '[1-9]\\d*(ms|s|m|h|d)',
  '>400ms',
  text => parseDuration(text)?.ms,
)
