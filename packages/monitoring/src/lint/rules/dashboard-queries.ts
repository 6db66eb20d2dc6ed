import type { Problem } from '@throughline/catalog'
import { DATA_SOURCES } from '../../links.ts'
import type { DashboardEntry, PanelEntry, TargetEntry } from '../dashboard-files.ts'
import type { LintRule } from '../finding.ts'
import { fillVariables } from '../grafana-variables.ts'
import { textsWithin } from '../json.ts'
import { findLinks } from '../links-in-text.ts'
import type { LintContext } from '../lint-context.ts'
import { checkLogql } from '../logql.ts'
import type { QueryProblem } from '../syntax-problems.ts'
import { checkTraceql } from '../traceql.ts'
import { listFew, quote, replacementFor } from '../wording.ts'
import { brokenDashboardLinks, brokenRunbookLinks, onceATarget } from './links.ts'
import { queryProblems } from './promql-problems.ts'

/** Rules on what dashboards ask, and where they lead. */
export const DASHBOARD_QUERY_RULES: readonly LintRule<LintContext>[] = [
  ...queryProblems(context => context.panelQueries, 'panel-'),
  eachTarget('panel-logql-invalid', 'loki', target => checkLogql(fillVariables(target.query))),
  eachTarget('panel-traceql-invalid', 'tempo', target => checkTraceql(fillVariables(target.query))),
  {
    id: 'panel-without-query',
    level: 'error',
    find: ({ dashboards }) =>
      eachPanel(dashboards)
        .filter(({ targets }) =>
          targets.some(target => isQueried(target) && target.query.trim() === ''),
        )
        .map(({ at, name }) => ({
          at,
          message: `${name} has an empty query`,
          fix: 'write the query, or remove the target',
        })),
  },
  {
    id: 'panel-data-source',
    level: 'error',
    find: ({ dashboards }) =>
      dashboards.flatMap(dashboard =>
        dashboard.panels.flatMap(panel => unknownSources(panel, dashboard)),
      ),
  },
  {
    id: 'dashboard-variable-unknown',
    level: 'error',
    find: ({ dashboards }) => dashboards.flatMap(unknownVariables),
  },
  {
    id: 'dashboard-link-broken',
    level: 'error',
    find: context => context.dashboards.flatMap(dashboard => brokenLinks(dashboard, context)),
  },
]

const eachPanel = (dashboards: readonly DashboardEntry[]): PanelEntry[] =>
  dashboards.flatMap(({ panels }) => panels)

const isQueried = ({ type }: TargetEntry): boolean =>
  ['prometheus', 'loki', 'tempo'].includes(type ?? '')

function eachTarget(
  id: string,
  type: string,
  check: (target: TargetEntry) => QueryProblem | undefined,
): LintRule<LintContext> {
  const find = ({ dashboards }: LintContext): Problem[] =>
    eachPanel(dashboards).flatMap(({ at, name, targets }) =>
      targets.flatMap(target => {
        if (target.type !== type || target.query.trim() === '') return []
        const found = check(target)
        if (found === undefined) return []
        const message = `query ${target.refId ?? ''} of ${name} is not valid: ${found.message}`
        return [{ at, message, fix: `mend the query: ${quote(target.query)}` }]
      }),
    )
  return { id, level: 'error', find }
}

/** Data sources that Grafana has by itself. */
const BUILT_IN = ['grafana', '-- Grafana --', '-- Mixed --', '-- Dashboard --', '__expr__']

function unknownSources(
  { at, name: panel, targets }: PanelEntry,
  { variables }: DashboardEntry,
): Problem[] {
  const known = [...BUILT_IN, ...Object.values(DATA_SOURCES)]
  const sources = new Set(targets.flatMap(({ source }) => source ?? []))
  return [...sources].flatMap(source => {
    const variable = /^\$\{?(\w+)\}?$/.exec(source)?.[1]
    if (variable === undefined ? known.includes(source) : variables.get(variable) === 'datasource')
      return []
    const message =
      variable === undefined
        ? `${panel} asks the data source ${quote(source)}, which other Grafanas do not have`
        : `${panel} asks the data source of ${quote(source)}, which is no variable for data sources`
    const own = [...variables].flatMap(([name, type]) =>
      type === 'datasource' ? `\${${name}}` : [],
    )
    return [
      { at, message, fix: `write one of: ${[...own, ...Object.values(DATA_SOURCES)].join(', ')}` },
    ]
  })
}

const VARIABLE = /\$(?:\{(\w+)(?::[^}]*)?\}|(\w+))|\[\[(\w+)\]\]/g

/** Variables that queries use, and that the dashboard does not have. */
function unknownVariables({ file, panels, variables, placeOf }: DashboardEntry): Problem[] {
  const used = panels.flatMap(({ targets }) =>
    targets.flatMap(({ query }) =>
      [...query.matchAll(VARIABLE)].flatMap(
        ([, braced, plain, squared]) => braced ?? plain ?? squared ?? [],
      ),
    ),
  )
  return [...new Set(used)]
    .filter(name => !name.startsWith('__') && !/^\d/.test(name) && !variables.has(name))
    .map(name => ({
      at: placeOf(`$${name}`) === file ? placeOf(`\${${name}`) : placeOf(`$${name}`),
      message: `a query uses the variable ${quote(name)}, which the dashboard does not have`,
      fix: replacementFor(
        name,
        variables.keys(),
        `define it: there are ${listFew([...variables.keys()]) || 'none'}`,
      ),
    }))
}

function brokenLinks({ json, placeOf }: DashboardEntry, context: LintContext): Problem[] {
  const broken = textsWithin(json).flatMap(text => {
    const links = findLinks(text, context)
    if (links.dashboards.length === 0 && links.runbooks.length === 0) return []
    const holder = { at: placeOf(JSON.stringify(text)), name: 'the dashboard' }
    return [
      ...brokenDashboardLinks(links, holder, context),
      ...brokenRunbookLinks(links, holder, context),
    ]
  })
  return onceATarget(broken)
}
