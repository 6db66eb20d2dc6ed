import type { Problem } from '@throughline/catalog'
import type { AskedQuery } from '../asked-query.ts'
import type { LintRule } from '../finding.ts'
import type { KnownMetrics } from '../known-metrics.ts'
import type { LintContext } from '../lint-context.ts'
import { OWN_METRICS_FILE } from '../own-metrics.ts'
import type { Matcher, Selector } from '../promql-selectors.ts'
import { quote, replacementFor } from '../wording.ts'

/** Scrapes are this far apart, in compose/ and in our defaults. */
const SCRAPE_MS = 15_000
/** A rate needs two samples even when one scrape fails, and starts between two scrapes. */
const SCRAPES_A_RANGE = 4

/** Functions and aggregations that may be given a counter as it is. */
const FOR_COUNTERS =
  /^(i?rate|increase|resets|changes|absent(_over_time)?|(present|count|last)_over_time|timestamp|count|group)$/
const NEED_SAMPLES = /^(rate|increase|delta|deriv)$/

/** Rules on any PromQL query, wherever it is asked. `prefix` tells those of dashboards from those of rules. */
export function queryProblems(
  list: (context: LintContext) => readonly AskedQuery[],
  prefix = '',
): LintRule<LintContext>[] {
  const each =
    (check: (asked: AskedQuery, context: LintContext) => Problem[]) =>
    (context: LintContext): Problem[] =>
      list(context).flatMap(asked => check(asked, context))
  const rule = (
    id: string,
    check: (asked: AskedQuery, context: LintContext) => Problem[],
    level: 'error' | 'warning' = 'error',
  ): LintRule<LintContext> => ({ id: `${prefix}${id}`, level, find: each(check) })
  return [
    rule('promql-invalid', isInvalid),
    rule('metric-unknown', namesUnknownMetric),
    rule('recording-unknown', namesUnknownRecording),
    rule('counter-without-rate', readsCounterAsGauge),
    rule('rate-range-short', hasShortRange),
    rule('regex-needless', hasNeedlessRegex, 'warning'),
  ]
}

const isInvalid = ({ at, name, query }: AskedQuery): Problem[] =>
  query.problems.map(({ message }) => ({
    at,
    message: `PromQL of ${name} is not valid: ${message}`,
    fix: `mend the query: ${quote(shorten(query.text))}`,
  }))

const namesUnknownMetric = ({ at, name, query }: AskedQuery, context: LintContext): Problem[] =>
  query.metrics
    .filter(metric => !metric.includes(':') && !isKnown(metric, context))
    .map(metric => ({
      at,
      message: `${name} uses metric ${quote(metric)}, which nothing serves`,
      fix: replacementFor(metric, context.metrics.keys(), `list it in ${OWN_METRICS_FILE}`),
    }))

const namesUnknownRecording = ({ at, name, query }: AskedQuery, context: LintContext): Problem[] =>
  query.metrics
    .filter(metric => metric.includes(':') && !isKnown(metric, context))
    .map(metric => ({
      at,
      message: `${name} uses ${quote(metric)}, which no recording rule writes`,
      fix: replacementFor(metric, context.recordings.keys(), 'write the recording rule'),
    }))

const isKnown = (metric: string, { metrics, recordings }: LintContext): boolean =>
  metrics.has(metric) || recordings.has(metric)

const readsCounterAsGauge = (
  { at, name, query }: AskedQuery,
  { metrics }: LintContext,
): Problem[] =>
  query.selectors
    .filter(selector => isBareCounter(selector, metrics))
    .map(({ metric = '' }) => ({
      at,
      message: `${name} reads the counter ${quote(metric)} as it is, which only says how long its processes have run`,
      fix: `write rate(${metric}[5m])`,
    }))

const isBareCounter = ({ metric = '', within }: Selector, metrics: KnownMetrics): boolean =>
  metrics.get(metric) === 'counter' && !within.some(name => FOR_COUNTERS.test(name))

const hasShortRange = ({ at, name, query }: AskedQuery): Problem[] =>
  query.selectors.flatMap(({ within: [nearest = ''], rangeMs = Infinity, metric = '' }) => {
    const least = SCRAPES_A_RANGE * SCRAPE_MS
    if (!NEED_SAMPLES.test(nearest) || rangeMs >= least) return []
    return [
      {
        at,
        message: `${name} takes the ${nearest} of ${quote(metric)} over ${rangeMs / 1000} s, less than ${SCRAPES_A_RANGE} scrapes`,
        fix: `write a range of ${least / 60_000}m or more`,
      },
    ]
  })

const hasNeedlessRegex = ({ at, name, query }: AskedQuery): Problem[] =>
  query.selectors.flatMap(({ matchers }) =>
    matchers.filter(isNeedless).map(({ label, operator, value }) => ({
      at,
      message: `${name} matches ${label}${operator}${quote(value)} as a regular expression, and it is a plain text`,
      fix: `write ${label}${operator === '=~' ? '=' : '!='}${quote(value.replaceAll(/\\(.)/g, '$1'))}`,
    })),
  )

const isNeedless = ({ operator, value }: Matcher): boolean =>
  operator.endsWith('~') &&
  !/[\\^$.*+?()[\]{}|]/.test(value.replaceAll(/\\[\\^$.*+?()[\]{}|]/g, ''))

const SHOWN_CHARACTERS = 120
const shorten = (text: string): string =>
  text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
