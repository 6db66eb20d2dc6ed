import { describe, expect, test } from 'vitest'
import { compileRules } from '../src/alerts/compile-rules.ts'
import { dashboardUid } from '../src/dashboards/dashboard-uid.ts'
import { grantDashboards } from '../src/dashboards/dashboard-grants.ts'
import { renderDashboardFiles } from '../src/dashboards/render-dashboards.ts'
import { readDashboards } from '../src/lint/dashboard-files.ts'
import { fillVariables } from '../src/lint/grafana-variables.ts'
import { listKnownMetrics } from '../src/lint/known-metrics.ts'
import { checkLogql } from '../src/lint/logql.ts'
import { parsePromql } from '../src/lint/promql.ts'
import { checkTraceql } from '../src/lint/traceql.ts'
import { exampleOwnership } from './read-ownership.ts'

const ownership = exampleOwnership()
const rules = compileRules(ownership)
const files = renderDashboardFiles(ownership, rules)
const { dashboards } = readDashboards(new Map(files.map(({ path, text }) => [path, text])))

const queries = (type: string): (readonly [string, string])[] => [
  ...new Map(
    dashboards.flatMap(({ file, panels }) =>
      panels.flatMap(({ name, targets }) =>
        targets
          .filter(target => target.type === type)
          .map(({ query }) => [fillVariables(query), `${file} ${name}`] as const),
      ),
    ),
  ),
]

describe('queries of the dashboards of the examples', () => {
  const recorded = rules.flatMap(({ recording }) =>
    recording.flatMap(group => group.rules.map(({ record }) => record)),
  )
  const known = new Set([...listKnownMetrics(new Map()).keys(), ...recorded])

  test('are PromQL that Prometheus takes, over metrics and recorded series that exist', () => {
    const promql = queries('prometheus')
    expect(promql.length).toBeGreaterThan(200)
    for (const [query, where] of promql) {
      const { problems, metrics } = parsePromql(query)
      expect(problems, `${where}: ${query}`).toEqual([])
      expect(metrics.length, where).toBeGreaterThan(0)
      expect(
        metrics.filter(metric => !known.has(metric)),
        where,
      ).toEqual([])
    }
  })

  test('take rates over the interval that Grafana works out', () => {
    const fixed = dashboards.flatMap(({ panels }) =>
      panels.flatMap(({ targets }) =>
        targets.filter(({ query }) => /\brate\([^[]*\[(?!\$__rate_interval\])/.test(query)),
      ),
    )
    expect(fixed).toEqual([])
  })

  test('are LogQL and TraceQL that Loki and Tempo take', () => {
    expect(queries('loki').length).toBeGreaterThan(0)
    for (const [query, where] of queries('loki')) expect(checkLogql(query), where).toBeUndefined()
    expect(queries('tempo').length).toBeGreaterThan(5)
    for (const [query, where] of queries('tempo'))
      expect(checkTraceql(query), where).toBeUndefined()
  })
})

describe('links of the dashboards of the examples', () => {
  const urls = files.flatMap(({ path, text }) =>
    [...text.matchAll(/"url": "([^"]+)"/g)].map(([, url = '']) => [path, url] as const),
  )
  const panesOf = (url: string): string => decodeURIComponent(/panes=(.*)$/.exec(url)?.[1] ?? '{}')

  test('lead to dashboards that the same team has', () => {
    const uids = new Map(
      [...grantDashboards(ownership)].map(([team, grants]) => [
        team,
        new Set([...grants.keys()].map(key => dashboardUid(key, team))),
      ]),
    )
    const links = urls.filter(([, url]) => url.startsWith('/d/'))
    expect(links.length).toBeGreaterThan(50)
    for (const [path, url] of links) {
      const team = path.split('/')[1] ?? ''
      expect(uids.get(team), path).toContain(/^\/d\/([^?]+)\?/.exec(url)?.[1])
    }
  })

  test('keep the variables of Grafana as they are, and encode the rest', () => {
    for (const [path, url] of urls) {
      expect(url, path).not.toContain('%24%7B')
      expect(url.replaceAll(/\$\{[\w.:]+\}/g, 'value'), path).toMatch(/^[\w:/.?&=%~!*'()-]+$/)
      // The address of Grafana is not in them: they work wherever the dashboard is loaded.
      expect(url, path).not.toContain('127.0.0.1:3300')
    }
  })

  test('open Explore with a query of its language, over the time that the dashboard shows', () => {
    const explore = new Set(urls.map(([, url]) => url).filter(url => url.startsWith('/explore?')))
    expect(explore.size).toBeGreaterThan(5)
    for (const url of explore) {
      const { a } = JSON.parse(panesOf(url)) as {
        readonly a: {
          readonly datasource: string
          readonly queries: readonly { readonly query?: string; readonly expr?: string }[]
          readonly range: object
        }
      }
      expect(a.range).toEqual({ from: '${__from}', to: '${__to}' })
      const [query] = a.queries
      const problem =
        a.datasource === 'tempo' ? checkTraceql(query?.query ?? '') : checkLogql(query?.expr ?? '')
      expect(problem, url).toBeUndefined()
    }
  })

  test('hand on the service and the route that are clicked', () => {
    expect(new Set(urls.map(([, url]) => url))).toContain(
      '/d/billing-route-detail?var-service=${__field.labels.job:percentencode}&var-route=${__field.labels.http_route:percentencode}&${__url_time_range}',
    )
  })
})
