import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DATA_SOURCES } from '../links.ts'
import { type Matchers, series } from '../promql.ts'
import { RECORDED } from '../recorded-series.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { METRICS } from './target.ts'
import { withoutFields } from './without-fields.ts'

export type Variable = Builder<VariableModel>

const ANY = '.*'

/** Which Prometheus is asked. */
export const datasourceVariable = (): Variable =>
  tidy(
    new DatasourceVariableBuilder('datasource')
      .label('Metrics')
      .description('The Prometheus that is asked.')
      .type('prometheus')
      .current({ text: DATA_SOURCES.metrics, value: DATA_SOURCES.metrics, selected: true }),
  )

/** Which service is shown: one of those that the team has a part in, at first that of its strongest. */
export function serviceVariable({ holdings, services }: DashboardScope): Variable {
  const [first = ''] = holdings.flatMap(holding => holding.services)
  return tidy(
    new CustomVariableBuilder('service')
      .label('Service')
      .description('A service of the catalog that this team has a part in.')
      .values(services.join(','))
      .options(services.map(name => ({ text: name, value: name, selected: name === first })))
      .current({ text: first, value: first, selected: true }),
  )
}

/** Which routes of the service are shown: only its own for a team that has no more to do with it. */
export function routeVariable(scope: DashboardScope): Variable {
  const own = ownRoutes(scope)
  const matchers = own === ANY ? {} : { http_route: `~${own}` }
  return labelVariable('route', 'Route', 'http_route', matchers, own)
}

/** Which methods are shown. */
export const methodVariable = (): Variable =>
  labelVariable('method', 'Method', 'http_request_method', { http_route: '~$route' }, ANY)

function labelVariable(
  name: string,
  label: string,
  values: string,
  matchers: Matchers,
  all: string,
): Variable {
  const known = series(RECORDED.routeRequests, { job: '$service', ...matchers })
  return queryVariable(name, label, `label_values(${known}, ${values})`, all)
}

/** A choice of the values that a query finds, or of all. */
export function queryVariable(
  name: string,
  label: string,
  query: string,
  all: string = ANY,
): Variable {
  return tidy(
    new QueryVariableBuilder(name)
      .label(label)
      .description(`${label}, or all.`)
      .datasource(METRICS)
      .query(query)
      .definition(query)
      .refresh(VariableRefresh.OnTimeRangeChanged)
      .includeAll(true)
      .allValue(all)
      .current({ text: 'All', value: '$__all', selected: true }),
  )
}

/** A regular expression of the team's routes, or any when it has a role for a whole service. */
function ownRoutes({ holdings, routes }: DashboardScope): string {
  if (holdings.some(({ kind }) => kind !== 'route')) return ANY
  const regexes = [...routes.values()].flat().flatMap(({ include }) => include)
  return [...new Set(regexes)].toSorted().map(withoutBackslashes).join('|')
}

/** Grafana puts the value of "all" as it is between the quotes of each language, which read a backslash differently. */
const withoutBackslashes = (regex: string): string =>
  regex.replaceAll(/\\([.*+?()[\]{}|$])/g, '[$1]')

/** Without what only variables of intervals have. */
const tidy = (builder: Variable): Variable =>
  withoutFields(builder, 'auto', 'auto_min', 'auto_count')
