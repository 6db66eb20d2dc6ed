import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import type { DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard'
import { type AlertName, ALERTS, type DashboardKey } from '../alerts/alert-list.ts'
import { logsOf, tracesOf } from '../alerts/families/service-scope.ts'
import { THRESHOLDS } from '../thresholds.ts'
import type { DashboardScope } from './dashboard-scope.ts'

/** Where a click on a value of a panel leads. */
export interface DataLink {
  readonly title: string
  readonly url: string
}

/** Value of a label of the series that is clicked. */
export const clickedLabel = (label: string): string => `\${__field.labels.${label}:percentencode}`

/** Value of a column in the row that is clicked. */
export const clickedColumn = (column: string): string => `\${__data.fields.${column}:percentencode}`

/** Value of a variable of the dashboard. */
export const variable = (name: string): string => `\${${name}:percentencode}`

const SHOWN_RANGE = { from: '${__from}', to: '${__to}' } as const

/** Traces that match a query, in the time that the dashboard shows. */
export const traceLink = (
  { ownership }: DashboardScope,
  title: string,
  query: string,
): DataLink => ({
  title,
  url: withinGrafana(ownership.links.grafana, ownership.links.traces(query, SHOWN_RANGE)),
})

/** Log lines that match a query, in the time that the dashboard shows. */
export const logLink = ({ ownership }: DashboardScope, title: string, query: string): DataLink => ({
  title,
  url: withinGrafana(ownership.links.grafana, ownership.links.logs(query, SHOWN_RANGE)),
})

/** What to do when an alert fires; nothing where the catalog does not say at which address runbooks are read. */
export function runbookLink({ ownership }: DashboardScope, alert: AlertName): DataLink[] {
  const url = ownership.links.runbook(alert)
  return /^https?:/.test(url) ? [{ title: `Runbook: ${ALERTS[alert].title}`, url }] : []
}

/** Another dashboard of the team; nothing when it has none of that kind. */
function dashboardLink(
  { ownership: { links }, team, dashboards }: DashboardScope,
  key: DashboardKey,
  title: string,
  variables: Readonly<Record<string, string>> = {},
): DataLink[] {
  if (!dashboards.has(key)) return []
  const url = withinGrafana(links.grafana, links.dashboard(key, team, variables))
  return [{ title, url: `${url}${url.includes('?') ? '&' : '?'}\${__url_time_range}` }]
}

/** Traces of a route that are worth a look, as conditions of TraceQL. */
export interface TraceChoice {
  readonly title: string
  readonly conditions: readonly string[]
}

const ANY_TRACE: TraceChoice = { title: 'Traces of this route', conditions: [] }
export const FAILED_TRACES: TraceChoice = {
  title: 'Failed traces of this route',
  conditions: ['kind = server', 'status = error'],
}
export const SLOW_TRACES: TraceChoice = {
  title: 'Slow traces of this route',
  conditions: ['kind = server', `duration > ${THRESHOLDS.HttpLatencyHigh.value}s`],
}

/** Where to go from a route: `read` tells how the values of `job` and `http_route` are had from what is clicked. */
export function routeLinks(
  scope: DashboardScope,
  read: (name: string) => string,
  { title, conditions }: TraceChoice = ANY_TRACE,
): DataLink[] {
  const service = read('job')
  const route = read('http_route')
  return [
    ...dashboardLink(scope, 'route-detail', 'This route', { service, route }),
    traceLink(
      scope,
      title,
      tracesOf(service, `span.http.route = ${JSON.stringify(route)}`, ...conditions),
    ),
    logLink(scope, 'Logs of this service', logsOf(service)),
  ]
}

/** A panel's link as the SDK wants it: its type is that of a dashboard's links, of which Grafana reads these three fields. */
export const buildLink = ({ title, url }: DataLink): Builder<DashboardLink> => ({
  build: () => ({ title, url, targetBlank: true }) as DashboardLink,
})

/** Without the address of Grafana, so that a dashboard works wherever it is loaded. */
const withinGrafana = (grafana: string, url: string): string =>
  url.startsWith(grafana) ? url.slice(grafana.length) : url
