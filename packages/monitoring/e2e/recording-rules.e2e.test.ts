import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkRules, type Complaint, testRules } from '@throughline/checks/promtool'
import { parseCatalog } from '@throughline/catalog'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { compileRules } from '../src/alerts/compile-rules.ts'
import { renderRuleFiles } from '../src/alerts/render-rules.ts'
import { compileOwnership } from '../src/ownership.ts'
import { SLO_WINDOWS, sliErrorRatio } from '../src/recorded-series.ts'

const CATALOG = `version: 1
org: { defaultTeam: rest }
teams: { rest: { name: Rest }, blue: { name: Blue } }
services:
  api:
    kind: node
    routes:
      - { match: "GET /a", team: blue, objective: { availability: 99.9, latency: { p95: 400ms } } }
      - { match: "GET /b", team: blue }
`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-recording-'))
  const parsed = parseCatalog(CATALOG)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const files = renderRuleFiles(compileRules(compileOwnership(parsed.value)))
  const recording = files.find(({ path }) => path === 'alerts/rest/recording.rules.yaml')
  await writeFile(join(folder, 'recording.rules.yaml'), recording?.text ?? '')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Sample {
  readonly expr: string
  readonly value: number
  readonly labels?: string
}

const COUNT = 'http_server_request_duration_seconds_count'
const BUCKET = 'http_server_request_duration_seconds_bucket'
const labels = (status: number, route = '/a'): string =>
  `http_request_method="GET",http_response_status_code="${status}",http_route="${route}",job="api"`
const route = '{http_request_method="GET",http_route="/a",job="api"}'

/** What promtool says against these values at `at`, after counters of which each grows by its number a minute. */
async function complaintsOn(
  counters: Readonly<Record<string, number>>,
  at: string,
  samples: readonly Sample[],
): Promise<readonly Complaint[]> {
  const file = join(folder, 'recording.test.yaml')
  const tests = {
    rule_files: ['recording.rules.yaml'],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: Object.entries(counters).map(([series, perMinute]) => ({
          series,
          values: `0+${perMinute}x400`,
        })),
        promql_expr_test: samples.map(({ expr, value, labels: expected = '{}' }) => ({
          expr,
          eval_time: at,
          exp_samples: [{ labels: expected, value }],
        })),
      },
    ],
  }
  await writeFile(file, stringify(tests))
  return await testRules([file])
}

test('promtool reads them', async () => {
  expect(await checkRules([join(folder, 'recording.rules.yaml')])).toEqual([])
})

test('requests, errors and the 95th percentile of a route are those of its histogram', async () => {
  expect(
    await complaintsOn(
      {
        [`${COUNT}{${labels(200)}}`]: 54,
        [`${COUNT}{${labels(503)}}`]: 6,
        [`${BUCKET}{${labels(200)},le="0.25"}`]: 54,
        [`${BUCKET}{${labels(200)},le="0.5"}`]: 54,
        [`${BUCKET}{${labels(200)},le="+Inf"}`]: 54,
        [`${BUCKET}{${labels(503)},le="0.25"}`]: 0,
        [`${BUCKET}{${labels(503)},le="0.5"}`]: 6,
        [`${BUCKET}{${labels(503)},le="+Inf"}`]: 6,
      },
      '30m',
      [
        {
          expr: 'route:http_server_requests:rate5m',
          labels: `route:http_server_requests:rate5m${route}`,
          value: 1,
        },
        {
          expr: 'route:http_server_errors:rate5m',
          labels: `route:http_server_errors:rate5m${route}`,
          value: 0.1,
        },
        // Of 60 requests 54 took up to 0.25 s and six up to 0.5 s: the 57th is halfway between.
        {
          expr: 'round(route:http_server_request_duration_seconds:p95_5m, 0.001)',
          labels: route,
          value: 0.375,
        },
      ],
    ),
  ).toEqual([])
})

test('a route on which nothing fails has no errors, rather than nothing', async () => {
  expect(
    await complaintsOn({ [`${COUNT}{${labels(200)}}`]: 60 }, '30m', [
      { expr: 'sum(route:http_server_errors:rate5m)', value: 0 },
      { expr: 'sum(service:http_server_unauthorized:rate5m)', value: 0 },
      ...SLO_WINDOWS.map(window => ({
        expr: `sum(${sliErrorRatio(window)}{slo="availability"})`,
        value: 0,
      })),
    ]),
  ).toEqual([])
})

test('what a service refuses is counted by its reason', async () => {
  expect(
    await complaintsOn(
      {
        [`${COUNT}{${labels(200)}}`]: 60,
        [`${COUNT}{${labels(401)}}`]: 6,
        [`${COUNT}{${labels(403, '/b')}}`]: 6,
        [`${COUNT}{${labels(422)}}`]: 15,
        [`${COUNT}{${labels(429)}}`]: 30,
      },
      '30m',
      [
        { expr: 'sum(service:http_server_unauthorized:rate5m)', value: 0.2 },
        { expr: 'sum(service:http_server_invalid:rate5m)', value: 0.25 },
        { expr: 'sum(service:http_server_rate_limited:rate5m)', value: 0.5 },
      ],
    ),
  ).toEqual([])
})

test('what a service counts of its refusals goes before their statuses', async () => {
  expect(
    await complaintsOn(
      {
        [`${COUNT}{${labels(200)}}`]: 60,
        [`${COUNT}{${labels(401)}}`]: 6,
        [`${COUNT}{${labels(429)}}`]: 30,
        'throughline_auth_failures_total{http_route="/a",reason="invalid_credentials",job="api"}': 15,
        'throughline_auth_failures_total{http_route="/b",reason="forbidden",job="api"}': 3,
        'throughline_rate_limited_total{http_route="/a",job="api"}': 12,
      },
      '30m',
      [
        { expr: 'sum(service:http_server_unauthorized:rate5m)', value: 0.3 },
        { expr: 'sum(service:http_server_rate_limited:rate5m)', value: 0.2 },
      ],
    ),
  ).toEqual([])
})

test('an objective is measured over each window, on the routes that promise it', async () => {
  const perWindow = SLO_WINDOWS.flatMap(window => [
    { expr: `round(sum(${sliErrorRatio(window)}{slo="availability"}), 0.0001)`, value: 0.1 },
    { expr: `round(sum(${sliErrorRatio(window)}{slo="latency_p95"}), 0.0001)`, value: 0.25 },
    { expr: `count(${sliErrorRatio(window)}{http_route="/a"})`, value: 2 },
  ])
  expect(
    await complaintsOn(
      {
        [`${COUNT}{${labels(200)}}`]: 54,
        [`${COUNT}{${labels(500)}}`]: 6,
        [`${BUCKET}{${labels(200)},le="0.5"}`]: 45,
        [`${BUCKET}{${labels(200)},le="+Inf"}`]: 54,
        [`${BUCKET}{${labels(500)},le="0.5"}`]: 0,
        [`${BUCKET}{${labels(500)},le="+Inf"}`]: 6,
        [`${COUNT}{${labels(500, '/b')}}`]: 60,
      },
      '400m',
      [
        ...perWindow,
        { expr: 'sum(slo:error_budget:ratio{slo="availability"})', value: 0.001 },
        { expr: 'sum(slo:error_budget:ratio{slo="latency_p95"})', value: 0.05 },
        { expr: 'round(sum(slo:sli_requests:increase1h{slo="availability"}))', value: 3600 },
        // A hundred times the budget, all the time: 99 budgets overspent.
        { expr: 'round(sum(slo:error_budget_remaining:ratio30d{slo="availability"}))', value: -99 },
        { expr: 'round(sum(slo:error_budget_remaining:ratio30d{slo="latency_p95"}))', value: -4 },
      ],
    ),
  ).toEqual([])
})

test('a route without requests has no ratio, rather than one that is no number', async () => {
  expect(
    await complaintsOn(
      { [`${COUNT}{${labels(200, '/b')}}`]: 60, [`${COUNT}{${labels(200)}}`]: 0 },
      '30m',
      [{ expr: `count(${sliErrorRatio('5m')}) or vector(-1)`, value: -1 }],
    ),
  ).toEqual([])
})

test('who owns what is there to be shown', async () => {
  expect(
    await complaintsOn({}, '10m', [
      {
        expr: 'throughline:route_owner:info{route="GET /a"}',
        labels:
          'throughline:route_owner:info{route="GET /a",service="api",team="blue",work="request"}',
        value: 1,
      },
      { expr: 'count(throughline:role_holder:info{team="rest"})', value: 8 },
    ]),
  ).toEqual([])
})
