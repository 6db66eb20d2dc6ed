import type { Role } from '@throughline/catalog'
import { type RouteShare, shareRoutes } from '../../partition/shares.ts'
import { anyOf, type Matchers, series } from '../../promql.ts'
import type { AlertLabels } from '../alert-rule.ts'
import { type ServiceScope, tracesOf } from './service-scope.ts'

/** The requests of one team, with the label that says how they came to be its. */
export interface OwnerShare extends RouteShare {
  readonly labels: Pick<AlertLabels, 'ownership'>
}

/** Which methods requests are of whose series say none; `*` is any. */
export const METHODS: Readonly<
  Record<'all' | 'loading' | 'changing', (method: string) => boolean>
> = {
  all: () => true,
  /** Those by which pages are loaded. */
  loading: (method: string) => method === 'GET' || method === '*',
  /** Those that change something, so that it matters whether they are done twice. */
  changing: (method: string) => !['GET', 'HEAD', 'OPTIONS'].includes(method),
}

/**
 * Shares of a service's routes by the team that has a role, for series that say no method but are of these; the remainder
 * is the last.
 */
export function sharePaths(
  scope: ServiceScope,
  role: Role,
  isOf: (method: string) => boolean,
): OwnerShare[] {
  const { listed, remainder } = shareRoutes(scope.ownership, scope, {
    role,
    inherit: false,
    keyOf: () => '',
    isOf,
  })
  return [
    ...listed.map((share): OwnerShare => ({ ...share, labels: { ownership: 'listed' } })),
    // Other roles are mostly given to a team for the whole service: that it has them for a route is no default.
    { ...remainder, labels: role === 'productionFix' ? { ownership: 'default' } : {} },
  ]
}

/** A counter's `rate` or `increase` over five minutes, of the paths of a share, added up by `labels`. */
export const overFiveMinutes = (
  call: 'rate' | 'increase',
  metric: string,
  matchers: Matchers,
  { selectors }: RouteShare,
  labels: string,
): string =>
  `sum by (${labels}) (${anyOf(selectors.map(selector => `${call}(${series(metric, matchers, selector)}[5m])`))})`

/** TraceQL that finds the traces of the path of an alert, and what else they must have. */
export const tracesOfPath = (service: string, ...conditions: readonly string[]): string =>
  tracesOf(service, 'span.http.route = "{{ $labels.http_route }}"', ...conditions)

/** Name of the path of an alert, for a sentence. */
export const PATH = '{{ $labels.http_route }}'
