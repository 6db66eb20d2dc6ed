import type { Problem } from '@throughline/catalog'
import type { DashboardEntry, PanelEntry } from '../dashboard-files.ts'
import type { LintRule } from '../finding.ts'
import { isRecord, listOf, recordOf, stringOf } from '../json.ts'
import type { LintContext } from '../lint-context.ts'
import { quote, replacementFor } from '../wording.ts'

/** Longest uid that Grafana takes. */
const LONGEST_UID = 40
/** Columns of Grafana's grid. */
const COLUMNS = 24

/** Panels that show texts, lists, logs or traces, so no numbers that would need a unit. */
const WITHOUT_UNIT =
  /^(row|text|logs|alertlist|dashlist|annolist|news|traces|nodeGraph|flamegraph|state-timeline|status-history|geomap|canvas)$/

/** Rules on the form of a dashboard. */
export const DASHBOARD_FORM_RULES: readonly LintRule<LintContext>[] = [
  rule('dashboard-uid', ({ at, uid }) => {
    if (uid !== undefined && new RegExp(`^[\\w-]{1,${LONGEST_UID}}$`).test(uid)) return []
    const message =
      uid === undefined
        ? 'the dashboard has no uid, so no link to it lasts'
        : `uid ${quote(uid)} is not of 1 to ${LONGEST_UID} letters, digits, hyphens and underscores`
    return [{ at, message, fix: 'write a short uid, as in "billing-route-detail"' }]
  }),
  {
    id: 'dashboard-uid-repeated',
    level: 'error',
    find: ({ dashboards }) => {
      const first = new Map<string, string>()
      return dashboards.flatMap(({ file, at, uid }) => {
        const other = uid === undefined ? undefined : first.get(uid)
        if (uid !== undefined && other === undefined) first.set(uid, file)
        if (uid === undefined || other === undefined) return []
        return [
          {
            at,
            message: `uid ${quote(uid)} is that of ${other} already`,
            fix: 'write another uid',
          },
        ]
      })
    },
  },
  rule('dashboard-team', ({ at, tags }, { catalog }) => {
    const teams = tags.filter(tag => tag.startsWith('team:')).map(tag => tag.slice('team:'.length))
    if (teams.length === 0) {
      const message = 'the dashboard has no tag that names its team'
      return [
        {
          at,
          message,
          fix: `add the tag "team:${[...catalog.teams.keys()][0]}", or that of another team`,
        },
      ]
    }
    return teams
      .filter(team => !catalog.teams.has(team))
      .map(team => ({
        at,
        message: `tag "team:${team}" names a team that the catalog does not know`,
        fix: replacementFor(team, catalog.teams.keys()),
      }))
  }),
  eachPanel('panel-without-title', ({ at, name, type, json }) =>
    type !== 'text' && isBlank(json['title'])
      ? [{ at, message: `${name} has no title`, fix: 'write what it shows, in a few words' }]
      : [],
  ),
  eachPanel('panel-without-description', ({ at, name, type, json }) =>
    type !== 'text' && type !== 'row' && isBlank(json['description'])
      ? [
          {
            at,
            message: `${name} has no description`,
            fix: 'write how to read it, and who owns it',
          },
        ]
      : [],
  ),
  eachPanel('panel-without-owner', ({ at, name, type, json }, { tags }, { catalog }) => {
    const description = stringOf(json['description']) ?? ''
    if (type === 'text' || type === 'row' || description.trim() === '') return []
    const owners = [...catalog.teams].filter(([id]) => tags.includes(`team:${id}`))
    if (owners.length === 0 || owners.some(([, { name: team }]) => description.includes(team)))
      return []
    const named = owners.map(([, team]) => team.name).join(' or ')
    return [
      {
        at,
        message: `the description of ${name} does not name its owner`,
        fix: `add "Owner: ${named}"`,
      },
    ]
  }),
  eachPanel('panel-without-unit', ({ at, name, type, json, targets }) =>
    WITHOUT_UNIT.test(type) ||
    hasUnit(json) ||
    !targets.some(target => target.type === 'prometheus')
      ? []
      : [
          {
            at,
            message: `${name} has no unit`,
            fix: 'set fieldConfig.defaults.unit, such as "s", "reqps" or "percentunit"; "short" for a count',
          },
        ],
  ),
  rule('panel-id', dashboard => repeatedIds(dashboard)),
  rule('panel-layout', dashboard => overlaps(dashboard)),
]

function rule(
  id: string,
  check: (dashboard: DashboardEntry, context: LintContext) => Problem[],
): LintRule<LintContext> {
  const find = (context: LintContext): Problem[] =>
    context.dashboards.flatMap(dashboard => check(dashboard, context))
  return { id, level: 'error', find }
}

function eachPanel(
  id: string,
  check: (panel: PanelEntry, dashboard: DashboardEntry, context: LintContext) => Problem[],
): LintRule<LintContext> {
  return rule(id, (dashboard, context) =>
    dashboard.panels.flatMap(panel => check(panel, dashboard, context)),
  )
}

const isBlank = (value: unknown): boolean => (stringOf(value) ?? '').trim() === ''

/** A unit of all values, of some field of a table, or of an axis of a heatmap. */
function hasUnit(json: PanelEntry['json']): boolean {
  const fields = recordOf(json['fieldConfig'])
  const axis = recordOf(recordOf(json['options'])['yAxis'])
  const overridden = listOf(fields['overrides'])
    .filter(isRecord)
    .flatMap(override => listOf(override['properties']))
    .some(property => isRecord(property) && property['id'] === 'unit')
  return !isBlank(recordOf(fields['defaults'])['unit']) || !isBlank(axis['unit']) || overridden
}

function repeatedIds({ panels }: DashboardEntry): Problem[] {
  const first = new Map<number, string>()
  return panels.flatMap(({ at, name, id }) => {
    if (id === undefined || id < 1) {
      const message = `${name} has no id, so neither an alert nor a link can point to it`
      return [{ at, message, fix: 'write an id of 1 or more that no other panel has' }]
    }
    const other = first.get(id)
    if (other === undefined) {
      first.set(id, name)
      return []
    }
    return [
      { at, message: `${name} has id ${id}, which is that of ${other}`, fix: 'write another id' },
    ]
  })
}

interface Box {
  readonly panel: PanelEntry
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

function overlaps({ panels }: DashboardEntry): Problem[] {
  const boxes = panels.map(panel => boxOf(panel))
  return boxes.flatMap((box, index) => {
    const { panel, x, w, h } = box
    if (w < 1 || h < 1 || x < 0 || x + w > COLUMNS) {
      const message = `${panel.name} is at column ${x} and ${w} wide: it does not fit into ${COLUMNS} columns`
      return [{ at: panel.at, message, fix: `set gridPos so that x + w is at most ${COLUMNS}` }]
    }
    const other = boxes.slice(0, index).find(earlier => overlap(earlier, box))
    if (other === undefined) return []
    const message = `${panel.name} lies over ${other.panel.name}`
    return [{ at: panel.at, message, fix: `set its gridPos.y to ${other.y + other.h} or more` }]
  })
}

function boxOf(panel: PanelEntry): Box {
  const position = recordOf(panel.json['gridPos'])
  const read = (key: string): number => (typeof position[key] === 'number' ? position[key] : 0)
  return { panel, x: read('x'), y: read('y'), w: read('w'), h: read('h') }
}

const overlap = (a: Box, b: Box): boolean =>
  a.panel.layout === b.panel.layout &&
  a.x < b.x + b.w &&
  b.x < a.x + a.w &&
  a.y < b.y + b.h &&
  b.y < a.y + a.h
