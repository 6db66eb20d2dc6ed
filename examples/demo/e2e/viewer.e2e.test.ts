import { startChromium } from '@throughline/checks/chromium'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { JsonReport, JsonScenario } from '../src/json-report.ts'
import { startDemo } from './running-demo.ts'
import { describeGaps } from './viewer-gaps.ts'
import { describeList } from './viewer-list.ts'
import { describePages } from './viewer-pages.ts'
import type { Subject } from './viewer-subject.ts'
import { describeMap, describeOwnership, describeRoutes } from './viewer-tables.ts'
import { describeTrace } from './viewer-trace.ts'
import { createVisits } from './viewer-visits.ts'

const undo = new AsyncDisposableStack()
let browser: Browser
let subject: Subject

beforeAll(async () => {
  const demo = undo.use(startDemo('--json'))
  const starting = startChromium()
  await demo.waitFor(/Ctrl-C stops everything/)
  await demo.waitForLine()
  browser = undo.adopt(await starting, launched => launched.close())
  const { scenarios } = JSON.parse(demo.stdout()) as JsonReport
  const findScenario = (name: string): JsonScenario | undefined =>
    scenarios.find(scenario => scenario.name === name)
  const addressOf = (name: string): string =>
    new RegExp(`^  ${name} +(http://127\\.0\\.0\\.1:\\d+)`, 'm').exec(demo.said())?.[1] ?? ''
  subject = {
    visits: await createVisits(browser, addressOf('viewer')),
    web: addressOf('web'),
    traceOf: name => findScenario(name)?.traceId ?? '',
    spanOf: name =>
      findScenario(name)?.spans.find(({ status, team }) => status === 'error' && team !== null)
        ?.spanId ?? '',
  }
})

afterAll(() => undo.disposeAsync())

// None of the tests may make a page ask anybody else, or say or throw an error.
afterEach(async () => {
  const faults = await subject.visits.leave()
  if (faults.length > 0) throw new Error(`the page ${faults.join('\nthe page ')}`)
})

describeList(() => subject)
describeTrace(
  () => subject,
  () => browser,
)
describeRoutes(() => subject)
describeOwnership(() => subject)
describeMap(() => subject)
describePages(() => subject)
// Last, since it adds traces of a stranger.
describeGaps(() => subject)
