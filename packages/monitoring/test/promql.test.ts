import { describe, expect, test } from 'vitest'
import { labelsAmong } from '../src/lint/label-set.ts'
import { parsePromql } from '../src/lint/promql.ts'
import { isConditional } from '../src/lint/promql-condition.ts'
import { durationOf } from '../src/lint/promql-duration.ts'
import { labelsOfResult } from '../src/lint/promql-labels.ts'
import { fillVariables } from '../src/lint/grafana-variables.ts'
import { checkLogql } from '../src/lint/logql.ts'
import { checkTraceql } from '../src/lint/traceql.ts'

describe('what is wrong with PromQL', () => {
  test.each([
    ['', 'the query is empty'],
    ['sum(rate(x[5m])) by', 'something is missing at the end'],
    ['rat(x[5m])', '"(x[5m])" cannot stand at character 4'],
    ['x{a="b"', 'something is missing at the end'],
    ['rate(x)', 'expected type matrix in call to function "rate", got vector'],
    ['sum(x[5m])', 'expected type vector in aggregation expression, got matrix'],
    ['1 > 2', 'comparisons between scalars must use BOOL modifier'],
    ['histogram_quantile(x_bucket)', 'expected 2 argument(s) in call to "histogram_quantile"'],
    ['x and on (a) group_left y', 'no grouping allowed for set operations'],
  ])('%s', (query, message) => {
    const { problems, metrics } = parsePromql(query)
    expect(problems[0]?.message).toContain(message)
    expect(metrics).toEqual([])
  })

  test('a query over a thousand series is read whole', () => {
    const long = Array.from({ length: 1000 }, (_, index) => `metric_${index} > ${index}`).join(
      ' or ',
    )
    expect(parsePromql(long).metrics).toHaveLength(1000)
    expect(parsePromql(`${long} or rate(x)`).problems).toEqual([
      { message: expect.stringContaining('type matrix'), offset: expect.any(Number) },
    ])
  })

  test('a query of 50,000 operands is refused rather than half read', () => {
    const endless = Array.from({ length: 50_000 }, () => 'x').join(' or ')
    expect(parsePromql(endless).problems).not.toEqual([])
  })
})

test('selectors are read with their matchers, ranges and what is around them', () => {
  const query =
    'sum by (a) (rate(x{b="c\\\\{d",e=~"f|g",}[1h30m])) / on (a) max(y{h!="`"} offset 5m)'
  expect(parsePromql(query).selectors).toEqual([
    {
      metric: 'x',
      matchers: [
        { label: 'b', operator: '=', value: String.raw`c\{d` },
        { label: 'e', operator: '=~', value: 'f|g' },
      ],
      within: ['rate', 'sum'],
      rangeMs: 5_400_000,
      offset: 17,
    },
    {
      metric: 'y',
      matchers: [{ label: 'h', operator: '!=', value: '`' }],
      within: ['max'],
      rangeMs: undefined,
      offset: expect.any(Number),
    },
  ])
})

test.each([
  ['{__name__="up"}', ['up']],
  ['{"http.server.duration", job="web"}', ['http.server.duration']],
  ['{job="web"}', []],
  ['up + up', ['up']],
])('%s names the metrics %j', (query, metrics) => {
  expect(parsePromql(query).metrics).toEqual(metrics)
})

test.each([
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['90', 90_000],
  ['500ms', 500],
  ['1w', 604_800_000],
  ['5m + 1m', undefined],
  ['5', 5000],
  ['x', undefined],
])('the duration %s has %s ms', (text, ms) => {
  expect(durationOf(text)).toBe(ms)
})

describe('a query that gives nothing while all is well', () => {
  test.each([
    'x > 1',
    'sum by (a) (x > 1)',
    'x > 1 and y',
    'x and y == 0',
    'x > 1 or y > 2',
    'x unless y',
    'absent(x)',
    'count(absent_over_time(x[5m]))',
    '-x < -1',
    'clamp_min(x > 1, 0)',
    'max_over_time((x > 1)[5m:1m])',
    'ALERTS{alertstate="firing"}',
  ])('%s', query => {
    expect(isConditional(parsePromql(query))).toBe(true)
  })

  test.each([
    'x',
    'vector(1)',
    'x > bool 1',
    'x > 1 or y',
    'x > 1 or vector(0)',
    'vector(scalar(x > 1))',
    'sum(x) / sum(y)',
    'x and y',
    'ALERTS_FOR_STATE',
  ])('not: %s', query => {
    expect(isConditional(parsePromql(query))).toBe(false)
  })
})

describe('the labels that a query keeps', () => {
  const ASKED = ['a', 'b', 'le', 'job', 'queue', 'http_route', 'v']

  test.each([
    ['x', 'a b le job queue http_route v'],
    ['sum(x)', ''],
    ['sum by (a, job) (x)', 'a job'],
    ['sum without (a, le) (x)', 'b job queue http_route v'],
    ['sum by (a, b) (sum by (a) (x))', 'a'],
    ['topk(3, sum by (a) (x))', 'a'],
    ['count_values("v", sum by (a) (x))', 'v'],
    ['count_values by (a) ("v", x)', 'a v'],
    ['histogram_quantile(0.9, sum by (le, a) (x))', 'a'],
    ['label_replace(sum(x), "b", "", "", "")', 'b'],
    ['absent(x{a="1",b=~"2"})', 'a'],
    ['absent_over_time(x{a="1"}[5m])', 'a'],
    ['absent(sum(x))', ''],
    ['vector(1)', ''],
    ['time() - sum by (a) (x)', 'a'],
    ['sum by (a) (x) > 0.5', 'a'],
    ['x / on (a) y', 'a'],
    ['x / ignoring (a) y', 'b le job queue http_route v'],
    ['sum by (a) (x) * on (a) group_left (b) y', 'a b'],
    ['x * on (a) group_right sum by (a, b) (y)', 'a b'],
    ['sum by (a) (x) and on (a) y', 'a'],
    ['sum by (a) (x) or sum by (a, b) (y)', 'a'],
    ['sum by (a) (x) unless y', 'a'],
    ['(sum by (a) (x) offset 5m)', 'a'],
    ['max_over_time(sum by (a) (x)[5m:1m])', 'a'],
    ['predict_linear(x{a="1"}[1h], 60)', 'a b le job queue http_route v'],
    ['info(sum(x))', 'a b le job queue http_route v'],
    ['throughline_jobs', 'a b le job queue v'],
    ['db_client_operation_duration_seconds_bucket', 'a b le job v'],
    ['throughline_jobs{http_route="/"}', 'a b le job queue http_route v'],
    ['recorded:by:a', 'a'],
  ])('%s keeps %s', (query, kept) => {
    const labels = labelsOfResult(parsePromql(query), metric =>
      metric === 'recorded:by:a' ? labelsAmong(['a']) : undefined,
    )
    expect(ASKED.filter(label => labels.has(label)).join(' ')).toBe(kept)
  })
})

test('the variables of Grafana are filled in, longer names before those they begin with', () => {
  expect(fillVariables('rate(x[$__rate_interval]) / ${__range_s} * $__range_ms')).toBe(
    'rate(x[1m]) / 3600 * 60000',
  )
  expect(
    fillVariables('rate({a="$service"}[$__auto]) # ${__interval} $__interval_ms $__range'),
  ).toBe('rate({a="$service"}[1m]) # 1m 60000 1h')
})

test.each([
  '{service_name="web"} | json | team="billing"',
  'sum by (team) (count_over_time({a="b"} |= `x` [5m]))',
  '{service_name="$service"} | detected_level =~ "error|fatal"',
])('LogQL that is right: %s', query => {
  expect(checkLogql(query)).toBeUndefined()
})

test.each([
  ['{a=b}', '"b}" cannot stand at character 4'],
  ['sum(rate({a="b"}[5m])', 'something is missing at the end'],
  ['', 'the query is empty'],
])('LogQL that is wrong: %s', (query, message) => {
  expect(checkLogql(query)?.message).toContain(message)
})

test.each([
  '{ resource.service.name = "web" && span.http.route = "/x" }',
  '{ status = error } | count() > 1',
  '{ duration > 0.5s } >> { kind = client }',
])('TraceQL that is right: %s', query => {
  expect(checkTraceql(query)).toBeUndefined()
})

test.each([
  ['{ duration > .95s }', '"95s }" cannot stand at character 15'],
  ['{ status = error', 'something is missing at the end'],
  ['', 'the query is empty'],
])('TraceQL that is wrong: %s', (query, message) => {
  expect(checkTraceql(query)?.message).toContain(message)
})
