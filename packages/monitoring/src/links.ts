import type { Catalog } from '@throughline/catalog'
import { type AlertName, type DashboardKey, runbookOf } from './alerts/alert-list.ts'
import { dashboardUid } from './dashboards/dashboard-uid.ts'

/** Uids of the data sources that compose/ provisions, and that links and dashboards name. */
export const DATA_SOURCES = { metrics: 'prometheus', traces: 'tempo', logs: 'loki' } as const

/** Address of Grafana where the catalog names none: that of compose/. */
const LOCAL_GRAFANA = 'http://127.0.0.1:3300'
/** Folder of the runbooks where the catalog names none: as it is in the repository. */
const LOCAL_RUNBOOKS = 'docs/runbooks'

/** From when to when, in Grafana's notation: `now-1h`, or a variable of a dashboard. */
export interface TimeRange {
  readonly from: string
  readonly to: string
}

const LAST_HOUR: TimeRange = { from: 'now-1h', to: 'now' }

/** Addresses of what alerts, reports and dashboards point to. */
export interface Links {
  readonly grafana: string
  runbook(alert: AlertName): string
  dashboard(key: DashboardKey, team: string, variables?: Readonly<Record<string, string>>): string
  /** Explore of Grafana with a TraceQL query; over the last hour where no range is given. */
  traces(query: string, range?: TimeRange): string
  /** Explore of Grafana with a LogQL query; over the last hour where no range is given. */
  logs(query: string, range?: TimeRange): string
}

/**
 * Links as the catalog's `org.links` say.
 *
 * Queries and variables may hold `{{ $labels.x }}`: it is kept as a template of Prometheus, which encodes what it puts in.
 * `${__field.labels.x}` is kept too: it is a variable of Grafana, and says itself how its value is encoded.
 */
export function createLinks({ org }: Catalog): Links {
  const grafana = org.links?.grafana ?? LOCAL_GRAFANA
  const runbooks = org.links?.runbooks ?? LOCAL_RUNBOOKS
  const explore = (
    datasource: string,
    query: Readonly<Record<string, unknown>>,
    range: TimeRange,
  ): string => {
    const pane = {
      datasource,
      queries: [{ refId: 'A', datasource: { uid: datasource }, ...query }],
      range,
    }
    return `${grafana}/explore?schemaVersion=1&orgId=1&panes=${encode(JSON.stringify({ a: pane }))}`
  }
  return {
    grafana,
    runbook: alert => `${runbooks}/${runbookOf(alert)}.md`,
    dashboard(key, team, variables = {}) {
      const query = Object.entries(variables).map(([name, value]) => `var-${name}=${encode(value)}`)
      return [`${grafana}/d/${dashboardUid(key, team)}`, query.join('&')].filter(Boolean).join('?')
    },
    traces: (query, range = LAST_HOUR) =>
      explore(DATA_SOURCES.traces, { queryType: 'traceql', query, limit: 20 }, range),
    logs: (query, range = LAST_HOUR) =>
      explore(DATA_SOURCES.logs, { expr: query, queryType: 'range' }, range),
  }
}

/** Percent-encodes a text but for the templates in it, which get to encode what they put in. */
function encode(text: string): string {
  return text
    .split(/(\{\{ \$labels\.\w+ \}\}|\$\{[\w.:]+\})/)
    .map((part, index) =>
      index % 2 === 0 ? encodeURIComponent(part) : part.replace(' }}', ' | urlquery }}'),
    )
    .join('')
}
