import type { Criticality } from '@throughline/catalog'
import type { Ownership } from '../../ownership.ts'
import type { NamedService } from '../../partition/shares.ts'
import type { Severity } from '../alert-list.ts'

/** A service that alerts are made for. */
export interface ServiceScope extends NamedService {
  readonly ownership: Ownership
}

/** Services that serve metrics of their own, by name; those that others run are seen by what calls them. */
export function listServices(ownership: Ownership): ServiceScope[] {
  return [...ownership.catalog.services]
    .filter(([, { kind }]) => kind !== 'external')
    .map(([name, service]) => ({ ownership, name, service }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

const MAY_WAIT: readonly (Criticality | undefined)[] = ['medium', 'low']

/** Nobody is woken for a service whose criticality is medium or low. */
export const pageUnlessMinor = ({ service }: NamedService): Severity =>
  MAY_WAIT.includes(service.criticality) ? 'ticket' : 'page'

/** What is a ticket elsewhere wakes somebody where the service is critical. */
export const pageIfCritical = ({ service }: NamedService): Severity =>
  service.criticality === 'critical' ? 'page' : 'ticket'

/** TraceQL that finds the traces of a service, and what else they must have. */
export const tracesOf = (service: string, ...conditions: readonly string[]): string =>
  `{ ${[`resource.service.name = ${JSON.stringify(service)}`, ...conditions].join(' && ')} }`

/** TraceQL that finds the requests to the route of an alert. */
export const tracesOfRoute = (service: string, ...conditions: readonly string[]): string =>
  tracesOf(
    service,
    'span.http.route = "{{ $labels.http_route }}"',
    'span.http.request.method = "{{ $labels.http_request_method }}"',
    ...conditions,
  )

/** LogQL that finds the log lines of a service, and a pipeline over them. */
export const logsOf = (service: string, pipeline = ''): string =>
  `{service_name=${JSON.stringify(service)}}${pipeline === '' ? '' : ` ${pipeline}`}`

/** LogQL that finds log lines of errors of a service: pino's levels, and the severities of OpenTelemetry. */
export const errorLogsOf = (service: string): string =>
  logsOf(service, '| detected_level =~ "error|fatal|critical"')

/** Name of the route of an alert, for a sentence. */
export const ROUTE = '{{ $labels.http_request_method }} {{ $labels.http_route }}'

/** Values of the variables of dashboards that look at one route. */
export const routeVariables = (service: string): Readonly<Record<string, string>> => ({
  service,
  route: '{{ $labels.http_route }}',
})
