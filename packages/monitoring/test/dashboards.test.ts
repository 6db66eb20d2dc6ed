import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { describe, expect, test } from 'vitest'
import { compileRules } from '../src/alerts/compile-rules.ts'
import { renderDashboardFiles } from '../src/dashboards/render-dashboards.ts'
import type { OutputFile } from '../src/output-file.ts'
import { exampleOwnership, ownershipOf } from './read-ownership.ts'

const ownership = exampleOwnership()
const render = (): OutputFile[] => renderDashboardFiles(ownership, compileRules(ownership))
const files = render()
const dashboards = files.map(({ path, text }) => [path, JSON.parse(text) as Dashboard] as const)

/** Everything that is laid out; rows are headings and no panels. */
const listPanels = ({ panels = [] }: Dashboard): Panel[] =>
  panels.filter((panel): panel is Panel => panel.type !== 'row')

const showsNumbers = ({ datasource }: Panel): boolean => datasource?.type === 'prometheus'
const exprsOf = ({ targets = [] }: Panel): string[] =>
  targets.map(target => (target as { readonly expr?: string }).expr ?? '')

/** A dashboard of one team, by its key. */
function dashboardOf(team: string, key: string): Dashboard {
  const found = dashboards.find(([path]) => path === `dashboards/${team}/${key}.json`)
  if (found === undefined) throw new Error(`no dashboard ${key} of ${team}`)
  return found[1]
}

function panelOf(dashboard: Dashboard, title: string): Panel {
  const panel = listPanels(dashboard).find(candidate => candidate.title === title)
  if (panel === undefined) throw new Error(`no panel ${title} in ${dashboard.title}`)
  return panel
}

describe('the dashboards of the examples', () => {
  test('are the same each time, sorted, and end with a newline', () => {
    expect(render()).toEqual(files)
    expect(files.map(({ path }) => path)).toEqual(files.map(({ path }) => path).toSorted())
    expect(files.filter(({ text }) => !text.endsWith('}\n'))).toEqual([])
  })

  test('have a uid and a title of their own', () => {
    const uids = dashboards.map(([, { uid }]) => uid)
    expect(new Set(uids).size).toBe(uids.length)
    const titles = dashboards.map(([, { title }]) => title)
    expect(new Set(titles).size).toBe(titles.length)
  })
})

describe.for(dashboards)('%s', ([path, dashboard]) => {
  const team = path.split('/')[1] ?? ''
  const name = ownership.catalog.teams.get(team)?.name
  const panels = listPanels(dashboard)

  test('says whose it is and where it comes from', () => {
    expect(dashboard.uid?.length).toBeLessThanOrEqual(40)
    expect(dashboard.title).toMatch(new RegExp(`^${name}: `))
    expect(dashboard.tags).toEqual(expect.arrayContaining(['generated', `team:${team}`]))
    expect(dashboard.description).toContain(`Owner: ${name} (`)
    expect(dashboard.description).toContain('ownership.yaml')
  })

  test('is in the schema that Grafana reads, and cannot be edited by hand', () => {
    expect(dashboard).toMatchObject({ schemaVersion: 42, editable: false, graphTooltip: 1 })
    expect(dashboard.links).toMatchObject([{ type: 'dashboards', tags: [`team:${team}`] }])
    // In the menu of controls nobody finds it.
    expect(dashboard.links?.[0]).not.toHaveProperty('placement')
  })

  test('has panels that say what they show, what to do, and who owns them', () => {
    expect(panels.length).toBeGreaterThan(2)
    for (const { title, description = '' } of panels) {
      expect(title, 'title').toBeTruthy()
      expect(description, title).toMatch(/^.{20,}\n\nOwner: /)
      expect(description, title).toContain(`Owner: ${name} (`)
      expect(description, title).toContain('ownership.yaml: ')
    }
  })

  test('gives each panel and row an id of its own', () => {
    const ids = (dashboard.panels ?? []).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toBeGreaterThan(0)
  })

  test('lays panels out without overlap, in whole lines of 24 columns', () => {
    const cells = (dashboard.panels ?? []).flatMap(({ gridPos: at = { x: 0, y: 0, w: 0, h: 0 } }) =>
      Array.from({ length: at.w * at.h }, (_, cell) => [
        at.x + (cell % at.w),
        at.y + Math.floor(cell / at.w),
      ]),
    )
    expect(Math.max(...cells.map(([x = 0]) => x))).toBe(23)
    const taken = new Set(cells.map(([x, y]) => `${x} ${y}`))
    expect(taken.size, 'cells that are taken once').toBe(cells.length)
    const lines = new Set(cells.map(([, y]) => y))
    expect(taken.size, 'cells of whole lines').toBe(lines.size * 24)
  })

  test('gives each panel with numbers a unit, and a text for when there are none', () => {
    for (const panel of panels.filter(showsNumbers)) {
      const { unit, noValue } = panel.fieldConfig?.defaults ?? {}
      const columns = panel.fieldConfig?.overrides.flatMap(({ properties }) => properties) ?? []
      const units = [unit, ...columns.filter(({ id }) => id === 'unit').map(({ value }) => value)]
      expect(units.some(Boolean), panel.title).toBe(true)
      expect(noValue, panel.title).toBeTruthy()
    }
  })

  test('names the queries of a panel one by one', () => {
    for (const { title, targets = [] } of panels) {
      const names = targets.map(target => (target as { readonly refId?: string }).refId)
      expect(names, title).toEqual('ABCDEFGHIJ'.split('').slice(0, targets.length))
    }
  })

  test('shows the legend of every chart', () => {
    const charts = panels.filter(({ type }) => type === 'timeseries')
    for (const { title, options } of charts)
      expect((options as { readonly legend: unknown }).legend, title).toMatchObject({
        showLegend: true,
      })
  })

  test('marks traces wherever durations are drawn from a histogram', () => {
    const drawn = panels.filter(
      panel =>
        ['timeseries', 'heatmap'].includes(panel.type) &&
        panel.fieldConfig?.defaults.unit === 's' &&
        exprsOf(panel).some(expr => expr.includes('_bucket{')) &&
        // Collections of garbage belong to no request.
        !exprsOf(panel).some(expr => expr.includes('v8js_gc')),
    )
    for (const { title, targets = [] } of drawn)
      expect(
        targets.some(target => (target as { readonly exemplar?: boolean }).exemplar),
        title,
      ).toBe(true)
  })
})

describe('a panel', () => {
  test('draws the limit of the alert that watches it, and links to its runbook', () => {
    const panel = panelOf(dashboardOf('growth', 'service-overview'), 'Failed by route')
    expect(panel.fieldConfig?.defaults.thresholds?.steps).toEqual([
      { value: null, color: 'green' },
      { value: 0.05, color: 'orange' },
    ])
    expect(panel.links?.map(({ url }) => url)).toContain(
      'https://github.com/acme/shop/blob/main/docs/runbooks/http-error-ratio-high.md',
    )
  })

  test('links to no runbook where the catalog does not say where they are read', () => {
    const bare = ownershipOf(`version: 1
org: { defaultTeam: core }
teams: { core: { name: Core } }
services: { web: { kind: node, roles: { productionFix: core } } }
`)
    const rendered = renderDashboardFiles(bare, compileRules(bare))
    expect(rendered.length).toBeGreaterThan(5)
    for (const { text, path } of rendered) expect(text, path).not.toContain('docs/runbooks')
  })

  test('keeps its id when another comes before it', () => {
    const id = (key: string): number | undefined =>
      panelOf(dashboardOf('growth', key), 'Failed by route').id
    expect(id('service-overview')).toBe(id('route-detail'))
  })

  test('joins the columns of a table by labels alone: a metric’s name would keep rows apart', () => {
    for (const [, dashboard] of dashboards) {
      const tables = listPanels(dashboard).filter(
        panel => panel.type === 'table' && showsNumbers(panel),
      )
      for (const table of tables) {
        for (const expr of exprsOf(table))
          expect(expr, table.title).not.toMatch(/^[\w:]+\{[^}]*\}$/)
      }
    }
  })
})

describe('the home of a team', () => {
  test('is about its own routes, by method and in all notations', () => {
    const [requests] = exprsOf(panelOf(dashboardOf('billing', 'team-home'), 'Requests now'))
    expect(requests).toContain(
      '{job="web",http_request_method=~"GET|HEAD",http_route=~"/api/billing/preview|/invoices|/invoices/[^/]+"}',
    )
    expect(requests).toContain(
      '{job="web",http_request_method="POST",http_route="/api/billing/plan"}',
    )
    expect(requests).not.toContain('/settings')
  })

  test('holds what nobody lists for the team that runs the service', () => {
    const [requests] = exprsOf(panelOf(dashboardOf('growth', 'team-home'), 'Requests now'))
    expect(requests).toContain('http_route!~')
  })

  test('shows queues and dependencies to those who answer for them', () => {
    const titles = (team: string): (string | undefined)[] =>
      listPanels(dashboardOf(team, 'team-home')).map(({ title }) => title)
    expect(titles('data')).toEqual(expect.arrayContaining(['Jobs by state', 'Failed operations']))
    expect(titles('billing')).toContain('Calls by dependency')
    expect(titles('billing')).not.toContain('Jobs by state')
  })

  test('lists the alerts of the team, with how urgent each can be', () => {
    const { options } = panelOf(dashboardOf('billing', 'team-home'), 'Alerts of the team')
    expect((options as { readonly content: string }).content).toMatch(
      /\| \[AvailabilityBurnFast\]\(\S+availability-burn-fast\.md\) \| .+ \| page \|/,
    )
    const { options: list } = panelOf(
      dashboardOf('billing', 'team-home'),
      'Alerts that fire or are about to',
    )
    expect(list).toMatchObject({ alertInstanceLabelFilter: '{team="billing"}' })
  })
})

describe('variables', () => {
  test('offer the services that the team has a part in, the one of its strongest part first', () => {
    const [, service] = dashboardOf('growth', 'boundary').templating.list ?? []
    expect(service).toMatchObject({
      name: 'service',
      query: 'partner-api,web',
      current: { value: 'web' },
    })
  })

  test('limit a team that has only routes to these', () => {
    const route = dashboardOf('billing', 'route-detail').templating.list?.[2]
    expect(route?.allValue).toBe('/api/billing/plan|/api/billing/preview|/invoices|/invoices/[^/]+')
    expect(dashboardOf('growth', 'route-detail').templating.list?.[2]?.allValue).toBe('.*')
  })

  test('hold no backslash in the value for all: Grafana does not escape it', () => {
    const odd = ownershipOf(`version: 1
org: { defaultTeam: core }
teams: { core: { name: Core }, side: { name: Side } }
services:
  web: { kind: node, roles: { productionFix: core }, routes: [{ match: "GET /v1.0/a+b", team: side }] }
`)
    const file = renderDashboardFiles(odd, []).find(
      ({ path }) => path === 'dashboards/side/route-detail.json',
    )
    const { templating } = JSON.parse(file?.text ?? '{}') as Dashboard
    expect(templating.list?.[2]?.allValue).toBe('/v1[.]0/a[+]b')
  })
})
