import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type AlertName, ALERTS, runbookOf } from '../src/alerts/alert-list.ts'
import { decimal } from '../src/decimal.ts'
import { baseMetric, listKnownMetrics } from '../src/lint/known-metrics.ts'
import { checkLogql } from '../src/lint/logql.ts'
import { metricLabels } from '../src/lint/metric-labels.ts'
import { parsePromql } from '../src/lint/promql.ts'
import { checkTraceql } from '../src/lint/traceql.ts'
import { RECORDED, SLO_WINDOWS, sliErrorRatio, sliRequests } from '../src/recorded-series.ts'
import { BURN_WINDOWS, type Threshold, THRESHOLDS } from '../src/thresholds.ts'
import { listBlocks, listItems, listParagraphs, readPage, RUNBOOKS } from './runbook-page.ts'

const NAMES = Object.keys(ALERTS) as AlertName[]
const FILES = readdirSync(RUNBOOKS).filter(file => file.endsWith('.md'))
const PAGES = new Map(
  NAMES.filter(name => FILES.includes(`${runbookOf(name)}.md`)).map(name => [name, readPage(name)]),
)

const HEADINGS = [
  'What it means for users',
  'Who is affected',
  'First three checks',
  'Stop the bleeding',
  'Whom to tell',
]
const MAY_FOLLOW = ['When it is a false alarm', 'Afterwards']

/** Every series that a query may ask for. */
const SERIES = new Set<string>([
  ...listKnownMetrics(new Map()).keys(),
  ...Object.values(RECORDED),
  ...SLO_WINDOWS.map(sliErrorRatio),
  ...BURN_WINDOWS.map(({ long }) => sliRequests(long)),
])

test('there is a page for each alert, and none besides', () => {
  expect(FILES.toSorted()).toEqual(NAMES.map(name => `${runbookOf(name)}.md`).toSorted())
})

test.for([...PAGES])('%s has its name, a condition, and the headings in order', ([name, page]) => {
  expect(page.title).toBe(`# ${name}`)
  expect(page.intro.trim()).not.toBe('')
  const headings = [...page.sections.keys()]
  expect(headings.slice(0, HEADINGS.length)).toEqual(HEADINGS)
  const others = headings.slice(HEADINGS.length)
  expect(others).toEqual(MAY_FOLLOW.filter(heading => others.includes(heading)))
  for (const [heading, text] of page.sections) expect(text.trim(), heading).not.toBe('')
})

test.for([...PAGES])('%s has exactly three checks, each with a query to copy', ([, page]) => {
  const checks = listItems(page.sections.get('First three checks') ?? '')
  expect(checks.map(({ number }) => number)).toEqual([1, 2, 3])
  for (const { text } of checks) {
    const languages = listBlocks(text).map(({ language }) => language)
    expect(languages, text).not.toEqual([])
    expect(['promql', 'logql', 'traceql', 'sh', 'sql']).toEqual(expect.arrayContaining(languages))
  }
})

test.for([...PAGES])('the queries of %s can be read, and ask for what is served', ([, page]) => {
  for (const { language, text } of listBlocks(page.markdown)) {
    if (language === 'logql') expect(checkLogql(text), text).toBeUndefined()
    if (language === 'traceql') expect(checkTraceql(text), text).toBeUndefined()
    if (language !== 'promql') continue
    const { problems, metrics, selectors } = parsePromql(text)
    expect(problems, text).toEqual([])
    expect(
      metrics.filter(metric => !SERIES.has(metric)),
      text,
    ).toEqual([])
    for (const { metric = '', matchers } of selectors) {
      const labels = matchers.map(({ label }) => label)
      const has = metricLabels(baseMetric(metric))
      expect(
        labels.filter(label => label !== 'le' && !has.has(label)),
        text,
      ).toEqual([])
    }
  }
})

test.for([...PAGES])('what is to be replaced in a query of %s stands in quotes', ([, page]) => {
  const queries = listBlocks(page.markdown).filter(({ language }) =>
    ['promql', 'logql', 'traceql'].includes(language),
  )
  for (const { text } of queries) {
    expect(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')).not.toMatch(/<[a-z][a-z_ -]*>/)
  }
})

test.for([...PAGES])('%s links to other pages only, and to such as exist', ([, page]) => {
  const targets = [...page.markdown.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target)
  const pages = NAMES.map(name => `${runbookOf(name)}.md`)
  expect(targets.filter(target => target === undefined || !pages.includes(target))).toEqual([])
})

/** Durations of Prometheus as a page may say them. */
const SPOKEN: Readonly<Record<string, RegExp>> = {
  '2m': /\b(2|two) minutes\b/,
  '5m': /\b(5|five) minutes\b/,
  '10m': /\b(10|ten) minutes\b/,
  '15m': /\b(15|fifteen) minutes\b|\ba quarter of an hour\b/,
  '30m': /\b(30|thirty) minutes\b|\bhalf an hour\b/,
  '1h': /\b(1|one|an) hour\b/,
  '2h': /\b(2|two) hours\b/,
}

const introOf = (name: AlertName): string => (PAGES.get(name)?.intro ?? '').replaceAll(/\s+/g, ' ')

test.for(Object.entries<Threshold>(THRESHOLDS))(
  '%s says for how long it has to hold, and its share',
  ([name, { for: hold, unit, value }]) => {
    const intro = introOf(name as AlertName)
    expect(intro).toMatch(SPOKEN[hold] ?? hold)
    if (unit === 'ratio' && value > 0) expect(intro).toContain(`${decimal(value * 100)} %`)
  },
)

const PACES = { '1h': 'Fast', '6h': 'Medium', '1d': 'Slow', '3d': 'Slow' } as const

test.for(BURN_WINDOWS)(
  'the pages of the burn over $long say its factor and the least number of requests',
  ({ long, factor, minimumRequests }) => {
    for (const name of [`AvailabilityBurn${PACES[long]}`, `LatencyBurn${PACES[long]}`] as const) {
      const intro = introOf(name)
      if (factor !== 1) expect(intro).toContain(`${factor} times`)
      expect(intro).toContain(minimumRequests.toLocaleString('en'))
    }
  },
)

const LONG_RUN = 12

test('no two pages share twelve words in a row: each is written for its alert', () => {
  const seen = new Map<string, AlertName>()
  const shared: string[] = []
  for (const [name, { markdown }] of PAGES) {
    for (const words of listParagraphs(markdown)) {
      for (let at = 0; at + LONG_RUN <= words.length; at++) {
        const run = words.slice(at, at + LONG_RUN).join(' ')
        const other = seen.get(run)
        if (other !== undefined && other !== name) shared.push(`${other}, ${name}: ${run}`)
        seen.set(run, name)
      }
    }
  }
  expect(shared).toEqual([])
})
