import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  AnnotationQueryBuilder,
  type AnnotationQuery,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type DashboardLink,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { METRIC_TARGET_INFO } from '@throughline/conventions'
import { series } from '../promql.ts'
import { dashboardUid } from './dashboard-uid.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { type Panel, panelId } from './panels/panel.ts'
import { METRICS } from './target.ts'
import { datasourceVariable, type Variable } from './variables.ts'
import { withoutFields } from './without-fields.ts'

/** Panels under one heading. */
export interface Row {
  readonly title: string
  readonly panels: readonly Panel[]
}

/** What one kind of dashboard shows. */
export interface DashboardContent {
  /** After the team's name: `routes`. */
  readonly title: string
  /** What it is good for. */
  readonly says: string
  /** Besides the data source. */
  readonly variables: readonly Variable[]
  /** Those without panels are left out. */
  readonly rows: readonly Row[]
}

const SHOWN = { from: 'now-3h', to: 'now' } as const
const REFRESH = '1m'

/** A dashboard of one team. */
export function buildDashboard(scope: DashboardScope, content: DashboardContent): Dashboard {
  const { team, teamName, key, owner } = scope
  const builder = new DashboardBuilder(`${teamName}: ${content.title}`)
    .uid(dashboardUid(key, team))
    .description(
      `${content.says}\n\n${owner}\n\nGenerated from ownership.yaml by \`throughline generate\`: edit there.`,
    )
    .tags(['generated', 'throughline', `team:${team}`])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time(SHOWN)
    .refresh(REFRESH)
    .variables([datasourceVariable(), ...content.variables])
    .link(visible(linkToOthers(scope)))
  if (content.variables.length > 0) builder.annotation(visible(versionAnnotation()))
  for (const { title, panels } of content.rows) {
    if (panels.length === 0) continue
    builder.withRow(new RowBuilder(title).id(panelId(`row: ${title}`)))
    for (const panel of panels) builder.withPanel(panel)
  }
  return builder.build()
}

const linkToOthers = ({ team, teamName }: DashboardScope): Builder<DashboardLink> =>
  new DashboardLinkBuilder(`Dashboards of ${teamName}`)
    .type(DashboardLinkType.Dashboards)
    .tags([`team:${team}`])
    .asDropdown(true)
    .includeVars(true)
    .keepTime(true)

/** A line across all panels where a version of the service appears that was not there for an hour. */
function versionAnnotation(): Builder<AnnotationQuery> {
  const versions = series(METRIC_TARGET_INFO.name, { job: '$service' })
  const by = 'count by (job, service_version)'
  return new AnnotationQueryBuilder()
    .name('New version')
    .datasource(METRICS)
    .enable(true)
    .iconColor('blue')
    .expr(`${by} (${versions}) unless ${by} (last_over_time(${versions}[1h] offset 1m))`)
    .step('60s')
    .titleFormat('{{job}} {{service_version}} is live')
}

/** The SDK puts links and annotations into a menu where nobody looks. */
const visible = <T extends DashboardLink | AnnotationQuery>(
  builder: Builder<T>,
): Builder<Omit<T, 'placement'>> => withoutFields(builder, 'placement')
