import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readCatalog } from '@throughline/catalog'
import { followPath, renderTree, type SpanPattern, type TraceTree } from '@throughline/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endTurn } from '../../../.config/vitest.turn.ts'
import { EXAMPLES } from '../../../examples/demo/src/stack.ts'
import type { OutputFile } from '../src/output-file.ts'
import { compileOwnership } from '../src/ownership.ts'
import { renderAll } from '../src/render-all.ts'
import { startLoad, type Load } from './pager/load.ts'
import { secretOf } from './pager/local-routing.ts'
import { judgePanels } from './pager/judge-panels.ts'
import { isPage, isTicket, readLink, type Page, type Ticket } from './pager/notifications.ts'
import { askPanels } from './pager/panels.ts'
import { startMonitoring, type Monitoring } from './pager/running-monitoring.ts'
import { startShop, type Shop } from './pager/running-shop.ts'
import {
  describeAbuse,
  describeBrowsers,
  describeEverydayTraffic,
  describeInvoiceReads,
  describePlanChanges,
} from './pager/shop-traffic.ts'
import { openTraces } from './pager/trace-link.ts'

// The example apps under load, the payment service failing, and then mended; and all the while somebody who abuses them.
// The files are those that the generator writes, for the catalog of the examples with one line less.

const MINUTE = 60_000

/** A page is due when 100 requests have failed, which three a second reach within a minute. */
const PAGE_TIMEOUT = 3 * MINUTE
/** A ticket for a route without an objective is due when it has failed for five minutes. */
const TICKET_TIMEOUT = 7 * MINUTE
/** What failed stays in the measurements over five minutes, unless so much succeeds that it no longer matters. */
const RESOLVE_TIMEOUT = 4 * MINUTE
/** Rules that are evaluated every five minutes have been by then. */
const BUDGET_TIMEOUT = 6 * MINUTE

/** A change of the plan: its objective is so low that an outage of minutes is over soon after it was mended. */
const PLAN = { method: 'POST', route: '/api/billing/plan', objective: 95 }
/** The route that the catalog of this test does not list. */
const UNLISTED = { method: 'GET', route: '/v1/invoices/:id' }

/** How the notifications of the two begin. */
const PAGE = `AvailabilityBurnFast in web: ${PLAN.method} ${PLAN.route}`
const TICKET = 'HttpErrorRatioHigh in partner-api'

const started = new AsyncDisposableStack()
let shop: Shop
let monitoring: Monitoring
let files: readonly OutputFile[]
let everyday: Load
let failing: Load
let abuse: Load

beforeAll(async () => {
  shop = started.use(await startShop(editCatalog))
  files = generate(shop.stack.catalog)
  const { metrics } = shop.stack.ports
  monitoring = started.use(await startMonitoring({ files, metrics, folder: shop.folder }))
  await shop.setPayments('failing')
  const { customers } = shop
  everyday = started.use(
    startLoad([...describeEverydayTraffic(customers), describeBrowsers(customers)]),
  )
  abuse = started.use(startLoad(describeAbuse(customers)))
  failing = startLoad([describePlanChanges(customers, 330), describeInvoiceReads(customers, 1_000)])
  // What is heavy is done: from here on it is mostly waited for alerts.
  endTurn()
})

afterAll(async () => {
  await failing?.stop()
  await started.disposeAsync()
})

test(
  'the team of a route is paged when it fails, with its runbook and traces that exist',
  async () => {
    const { body } = await monitoring.waitForDelivery(isPage('trigger', PAGE), PAGE_TIMEOUT)
    expect(body).toMatchObject({
      routing_key: secretOf('PAGERDUTY_BILLING'),
      payload: {
        summary: expect.stringContaining(`${PLAN.method} ${PLAN.route} of web`),
        severity: 'critical',
        component: 'web',
        group: 'billing',
        custom_details: {
          team: 'billing',
          role: 'productionFix',
          ownership: 'As the catalog says.',
          decided_by: `ownership.yaml: web ${PLAN.method} ${PLAN.route}`,
        },
      },
    })
    const links = new Map((body as Page).links.map(({ text, href }) => [text, href]))
    expectRunbook(links.get('Runbook'), 'availability-burn-fast.md')
    expectPath(openTraces(links.get('Traces'), shop.collector), [
      { service: 'web', name: `${PLAN.method} ${PLAN.route}`, team: 'billing', status: 'error' },
      // The call that failed.
      { service: 'web', kind: 'client', team: 'billing', status: 'error' },
    ])
    // Few from now on: what has failed in the last five minutes weighs on until long after.
    await failing.stop()
    expect(failing.problems).toEqual([])
    failing = startLoad([
      describePlanChanges(shop.customers, 5_000),
      describeInvoiceReads(shop.customers, 10_000),
    ])
  },
  PAGE_TIMEOUT + MINUTE,
)

/** What abuse there is, who is told of it, and by which request it is seen. */
const ABUSE = [
  {
    title: 'AuthBruteForceSingleSource in partner-api',
    told: 'security (authReview)',
    page: 'auth-brute-force-single-source.md',
    span: { service: 'partner-api', name: 'GET /v1/invoices' },
  },
  {
    title: 'AuthBruteForceSingleSource in web',
    told: 'security (authReview)',
    page: 'auth-brute-force-single-source.md',
    span: { service: 'web', name: 'POST /api/session' },
  },
  {
    title: 'AudienceMismatch in partner-api',
    told: 'security (authReview)',
    page: 'audience-mismatch.md',
    span: { service: 'partner-api', attributes: { 'throughline.audience.mismatch': 'session' } },
  },
  {
    title: 'AudienceMismatch in web',
    told: 'security (authReview)',
    page: 'audience-mismatch.md',
    span: { service: 'web', attributes: { 'throughline.audience.mismatch': 'api-key' } },
  },
  {
    title: 'ReplaysBlocked in partner-api',
    told: 'data (productionFix)',
    page: 'replays-blocked.md',
    span: { service: 'partner-api', name: 'POST /v1/reports' },
  },
  {
    title: 'RateLimitRejectionsHigh in partner-api',
    told: 'partners (productionFix)',
    page: 'rate-limit-rejections-high.md',
    span: {
      service: 'partner-api',
      attributes: { 'http.response.status_code': 429, 'throughline.actor': 'partner' },
    },
  },
] as const

test.for(ABUSE)(
  '$title is told to $told',
  { timeout: TICKET_TIMEOUT + MINUTE },
  async ({ title, told, page, span }) => {
    const { body } = await monitoring.waitForDelivery(isTicket(`TICKET: ${title}`), TICKET_TIMEOUT)
    const { channel, attachments } = body as Ticket
    const [team = ''] = told.split(' ')
    expect(channel).toBe(`#${team}-alerts`)
    const text = attachments[0]?.text ?? ''
    expect(text).toContain(`Team ${told} · service ${span.service}`)
    expectRunbook(readLink(text, 'Runbook'), page)
    expectPath(openTraces(readLink(text, 'Traces'), shop.collector), [span])
  },
)

test(
  'a route that no line of the catalog lists fails: the team of the service gets the ticket, which says so',
  async () => {
    const { body } = await monitoring.waitForDelivery(isTicket(`TICKET: ${TICKET}`), TICKET_TIMEOUT)
    const { channel, attachments } = body as Ticket
    expect(channel).toBe('#partners-alerts')
    const text = attachments[0]?.text ?? ''
    expect(text).toContain(`${UNLISTED.method} ${UNLISTED.route} of partner-api fails`)
    expect(text).toContain('Team partners (productionFix) · service partner-api')
    expect(text).toContain(
      "Owner by default: no line of the catalog lists this, so the service's own team is told.",
    )
    expectRunbook(readLink(text, 'Runbook'), 'http-error-ratio-high.md')
    expectPath(openTraces(readLink(text, 'Traces'), shop.collector), [
      {
        service: 'partner-api',
        name: `${UNLISTED.method} ${UNLISTED.route}`,
        team: 'partners',
        status: 'error',
        attributes: { 'throughline.owner.unowned': 'unlisted' },
      },
      { service: 'partner-api', kind: 'client', team: 'billing', status: 'error' },
    ])
  },
  TICKET_TIMEOUT + MINUTE,
)

test(
  'both teams are told that it is over, once payments work again',
  async () => {
    // Not for want of requests: both fire as long as payments fail.
    const firing = (await monitoring.prometheus.alerts()).filter(({ state }) => state === 'firing')
    const alerts = firing.map(({ labels }) => `${labels['alertname']} ${labels['http_route']}`)
    expect(alerts).toContain(`AvailabilityBurnFast ${PLAN.route}`)
    expect(alerts).toContain(`HttpErrorRatioHigh ${UNLISTED.route}`)
    await shop.setPayments('normal')
    await using mended = startLoad([
      describePlanChanges(shop.customers, 330),
      describeInvoiceReads(shop.customers, 40),
    ])
    await Promise.all([
      monitoring.waitForDelivery(isPage('resolve', PAGE), RESOLVE_TIMEOUT),
      monitoring.waitForDelivery(isTicket(`RESOLVED: ${TICKET}`), RESOLVE_TIMEOUT),
    ])
    await mended.stop()
    expect(mended.problems).toEqual([])
  },
  RESOLVE_TIMEOUT + MINUTE,
)

test(
  'every panel of every dashboard returns data, but for those that cannot here',
  async () => {
    const { prometheus } = monitoring
    // Budgets of 30 days are computed every five minutes, for the first time perhaps before there was any request.
    const budgets = 'count by (job) (slo:error_budget_remaining:ratio30d)'
    await expect
      .poll(() => prometheus.query(budgets), { timeout: BUDGET_TIMEOUT, interval: 1_000 })
      .toHaveLength(2)
    const { report, problems, share } = judgePanels(await askPanels(files, prometheus))
    process.stdout.write(`${report}\n`)
    expect(problems).toEqual([])
    expect(share).toBeGreaterThan(0.9)
  },
  BUDGET_TIMEOUT + MINUTE,
)

test('every generated rule can be evaluated', async () => {
  const rules = await monitoring.prometheus.rules()
  expect(rules.filter(({ health }) => health !== 'ok')).toEqual([])
  expect(rules.length).toBeGreaterThan(100)
})

test('the apps answered as they should all the while', () => {
  expect([...everyday.problems, ...failing.problems, ...abuse.problems]).toEqual([])
})

/** The catalog of the examples, but for a line, what refers to it, and an objective. */
function editCatalog(text: string): string {
  const route = `"${UNLISTED.method} ${UNLISTED.route}"`
  const isUnlisted = (line: string): boolean => line.includes(`match: ${route}`)
  const edited = text
    .split('\n')
    .filter(line => !isUnlisted(line))
    .map(line =>
      line.includes(`match: "${PLAN.method} ${PLAN.route}"`)
        ? line.replace(/availability: [\d.]+/, `availability: ${PLAN.objective}`)
        : line.replace(
            `partner-api ${UNLISTED.method} ${UNLISTED.route}`,
            'partner-api GET /v1/invoices',
          ),
    )
    .join('\n')
  if (edited.includes(UNLISTED.route) || !edited.includes(`availability: ${PLAN.objective},`))
    throw new Error(`the catalog of the examples is not as this test expects:\n${edited}`)
  return edited
}

function generate(path: string): readonly OutputFile[] {
  const catalog = readCatalog(path)
  if (!catalog.ok) throw new Error(JSON.stringify(catalog.problems, undefined, 2))
  return renderAll(compileOwnership(catalog.value), new Map())
}

/** Expects a link to lead to a page of this repository. */
function expectRunbook(link: string | undefined, page: string): void {
  expect(link).toMatch(new RegExp(`/docs/runbooks/${page}$`))
  expect(existsSync(join(EXAMPLES, '../docs/runbooks', page))).toBe(true)
}

/** Expects a trace to hold spans like these, each somewhere below the one before. */
function expectPath(trace: TraceTree, path: readonly SpanPattern[]): void {
  expect(followPath(trace, path), renderTree(trace)).toBe(path.length)
}
