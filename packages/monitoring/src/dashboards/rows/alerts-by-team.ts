import { RECORDED } from '../../recorded-series.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createTimeSeries } from '../panels/time-series.ts'

/** How many alerts fire, by the team that is told. */
export const alertsByTeam = (scope: DashboardScope, width: number): Panel =>
  createTimeSeries(scope, {
    title: 'Alerts by team',
    says: 'Alerts that fire, by the team that is told. One that fires for a week is either not acted upon or not worth having.',
    unit: 'short',
    width,
    stacked: true,
    queries: [
      {
        expr: `count by (team) (ALERTS{alertstate="firing",alertname!="Watchdog"}) or count by (team) (${RECORDED.roleHolder}) * 0`,
        legend: '{{team}}',
      },
    ],
  })
