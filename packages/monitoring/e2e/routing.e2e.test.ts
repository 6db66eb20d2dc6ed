import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAlertmanager, type Alertmanager } from '@throughline/checks/alertmanager'
import { checkAlertmanagerConfig, testRoutes } from '@throughline/checks/amtool'
import { expect, onTestFinished, test, vi } from 'vitest'
import { parse } from 'yaml'
import type { OutputFile } from '../src/output-file.ts'
import type { Ownership } from '../src/ownership.ts'
import { renderAlertmanagerConfig } from '../src/routing/alertmanager-config.ts'
import { renderRoutingFiles } from '../src/routing/render-routing-files.ts'
import { routeAlert } from '../src/routing/route-alert.ts'
import { createRoutingTree } from '../src/routing/routing-tree.ts'
import { exampleOwnership, teamsWith } from '../test/read-ownership.ts'
import { localizeRouting, secretOf } from './pager/local-routing.ts'
import { startMailServer } from './mail-server.ts'
import { startReceivers } from './pager/receivers.ts'

const ownership = exampleOwnership()
const WAIT = { timeout: 30_000, interval: 100 }

test('amtool takes the configuration of the examples', async () => {
  const file = await write(renderAlertmanagerConfig(ownership.catalog))
  expect(await checkAlertmanagerConfig(file)).toBeUndefined()
})

test('amtool takes every kind of channel that its version knows', async () => {
  const { catalog } = teamsWith({
    platform: "{ ticket: 'email:env:MAIL_PLATFORM' }",
    a: "{ page: 'pagerduty:env:PD_A', ticket: '#a', notice: 'slack:env:SLACK_A' }",
    b: "{ page: 'opsgenie:env:OG_B' }",
  })
  expect(
    await checkAlertmanagerConfig(await write(renderAlertmanagerConfig(catalog))),
  ).toBeUndefined()
})

test('every alert of the catalog goes where the catalog says, by amtool and by our own walk alike', async () => {
  const files = renderRoutingFiles(ownership)
  const file = await write(textOf(files, 'alerts/alertmanager.yaml'))
  const { tests } = parse(textOf(files, 'alerts/routing-tests.yaml')) as {
    readonly tests: readonly {
      readonly name: string
      readonly labels: Readonly<Record<string, string>>
      readonly receivers: readonly string[]
    }[]
  }
  const byAmtool = await testRoutes(
    file,
    tests.map(({ labels }) => labels),
  )
  const tree = createRoutingTree(ownership.catalog)
  for (const [index, { name, labels, receivers }] of tests.entries()) {
    expect([name, byAmtool[index]]).toEqual([name, receivers])
    expect([name, routeAlert(tree, labels)]).toEqual([name, receivers])
  }
  process.stdout.write(`${tests.length} routing cases, all as the catalog says\n`)
})

test('messages of Slack and PagerDuty say all that whoever is told needs', async () => {
  await using told = await startTold(ownership)
  await send(told.alertmanager, [
    {
      labels: {
        ...WEB,
        alertname: 'HttpErrorRatioHigh',
        team: 'billing',
        severity: 'ticket',
        ownership: 'default',
      },
      annotations: { ...ANNOTATIONS, summary: 'GET /a <b> & c fails 7 % of its requests' },
    },
    {
      // Of another route: it would inhibit the alert before it.
      labels: {
        ...WEB,
        alertname: 'AvailabilityBurnFast',
        team: 'billing',
        severity: 'page',
        http_route: '/b',
      },
      annotations: ANNOTATIONS,
    },
    { labels: { alertname: 'Foreign thing', team: 'nobody', severity: 'page' }, annotations: {} },
  ])
  const slack = await told.find('/SLACK_WEBHOOK_URL', '#billing-alerts')
  expect(slack).toMatchObject({
    attachments: [
      {
        color: 'warning',
        title: 'TICKET: HttpErrorRatioHigh in web',
        title_link: 'https://runbooks.example/http-error-ratio-high.md',
        text: `*GET /a &lt;b&gt; &amp; c fails 7 % of its requests*
More than 5 % fail.
Team billing (productionFix) · service web · severity ticket · named by ownership.yaml: web GET /a
Owner by default: no line of the catalog lists this, so the service's own team is told.
<https://runbooks.example/http-error-ratio-high.md|Runbook> · <https://grafana.example/d/x|Dashboard> · <https://grafana.example/traces?q=%7B|Traces> · <https://grafana.example/logs|Logs>
`,
        actions: [{ type: 'button', text: 'Silence' }],
      },
    ],
  })
  expect(silencedBy(slack)).toEqual([
    'http_route="/a b"',
    'ownership="default"',
    'role="productionFix"',
    'service="web"',
    'severity="ticket"',
    'team="billing"',
    'alertname="HttpErrorRatioHigh"',
  ])
  expect(await told.find('/pagerduty', secretOf('PAGERDUTY_BILLING'))).toMatchObject({
    event_action: 'trigger',
    payload: {
      summary: 'PAGE: AvailabilityBurnFast in web: GET /a fails',
      severity: 'critical',
      component: 'web',
      group: 'billing',
      custom_details: {
        team: 'billing',
        role: 'productionFix',
        service: 'web',
        ownership: 'As the catalog says.',
        decided_by: 'ownership.yaml: web GET /a',
        runbook: 'https://runbooks.example/http-error-ratio-high.md',
        traces: 'https://grafana.example/traces?q=%7B',
      },
    },
    links: [
      { text: 'Runbook', href: 'https://runbooks.example/http-error-ratio-high.md' },
      { text: 'Dashboard' },
      { text: 'Traces' },
      { text: 'Logs' },
    ],
  })
  expect(await told.find('/SLACK_WEBHOOK_URL', 'Foreign thing')).toMatchObject({
    channel: '#platform-alerts',
    attachments: [
      {
        title: 'PAGE: Foreign thing',
        text: expect.stringContaining(`Nobody owns this alert: its team "nobody" is not in the catalog. Team platform is told instead.
*Foreign thing*
Team nobody · severity page
`),
      },
    ],
  })
})

test('a group of many alerts is told in ten, and counted', async () => {
  await using told = await startTold(ownership)
  const labels = { ...WEB, alertname: 'HttpErrorRatioHigh', team: 'billing', severity: 'ticket' }
  await send(
    told.alertmanager,
    Array.from({ length: 12 }, (_, index) => ({
      labels: { ...labels, http_route: `/route-${index}` },
      annotations: { ...ANNOTATIONS, summary: `Route ${index} fails` },
    })),
  )
  const body = JSON.stringify(
    await told.find('/SLACK_WEBHOOK_URL', '… and more: 12 alerts in all.'),
  )
  expect(body.match(/Route \d+ fails/g)).toHaveLength(10)
})

test('an e-mail goes to the address that its secret holds', async () => {
  await using mail = await startMailServer()
  await using told = await startTold(
    teamsWith({ a: "{ ticket: 'email:env:MAIL_A' }" }),
    async (config, folder) => {
      await writeFile(join(folder, 'MAIL_A'), 'team-a@example.com')
      return config.replace('smtp:25', `127.0.0.1:${mail.port}`)
    },
  )
  await send(told.alertmanager, [
    {
      labels: { ...WEB, alertname: 'HttpErrorRatioHigh', team: 'a', severity: 'ticket' },
      annotations: ANNOTATIONS,
    },
  ])
  await vi.waitFor(() => expect(mail.mails).toHaveLength(1), WAIT)
  expect(mail.mails[0]?.to).toEqual(['team-a@example.com'])
  const text = mail.mails[0]?.text
  expect(text).toContain('Subject: TICKET: HttpErrorRatioHigh in web')
  expect(text).toContain('Runbook: https://runbooks.example/http-error-ratio-high.md')
})

test('an alert that inhibits another does so within its route and team, and no further', async () => {
  await using told = await startTold(ownership)
  const burn = (alertname: string, http_route: string, team = 'billing'): Alert => ({
    labels: { ...WEB, alertname, team, http_route, severity: 'page', slo: 'availability' },
    annotations: ANNOTATIONS,
  })
  const cause = (alertname: string, service: string, team: string): Alert => ({
    labels: { alertname, service, team, severity: 'ticket', kind: 'cause' },
    annotations: ANNOTATIONS,
  })
  await send(told.alertmanager, [
    burn('AvailabilityBurnFast', '/a'),
    burn('AvailabilityBurnMedium', '/a'),
    burn('AvailabilityBurnMedium', '/b'),
    burn('AvailabilityBurnMedium', '/a', 'data'),
    cause('ServiceTelemetryMissing', 'web', 'growth'),
    cause('EventLoopDelayHigh', 'web', 'data'),
    cause('EventLoopDelayHigh', 'partner-api', 'data'),
  ])
  await vi.waitFor(async () => {
    const found = await listAlerts(told.alertmanager)
    expect(found).toHaveLength(7)
    expect(
      found
        .filter(({ status }) => status.inhibitedBy.length > 0)
        .map(nameOf)
        .toSorted(),
    ).toEqual(['AvailabilityBurnMedium web /a billing', 'EventLoopDelayHigh web data'])
  }, WAIT)
})

interface Alert {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

const WEB = { service: 'web', role: 'productionFix', http_route: '/a b' }
const ANNOTATIONS = {
  summary: 'GET /a fails',
  description: 'More than 5 % fail.',
  runbook_url: 'https://runbooks.example/http-error-ratio-high.md',
  dashboard_url: 'https://grafana.example/d/x',
  traces_url: 'https://grafana.example/traces?q=%7B',
  logs_url: 'https://grafana.example/logs',
  decided_by: 'ownership.yaml: web GET /a',
}

/** A real Alertmanager with the routing of a catalog, and whomever it tells. */
async function startTold(
  { catalog }: Ownership,
  adapt: (config: string, folder: string) => Promise<string> = config => Promise.resolve(config),
): Promise<
  AsyncDisposable & {
    readonly alertmanager: Alertmanager
    /** The first body at a path that holds a text. */
    find(path: string, text: string): Promise<unknown>
  }
> {
  const folder = await makeFolder()
  await using undo = new AsyncDisposableStack()
  const receivers = undo.use(await startReceivers())
  const config = await localizeRouting(renderAlertmanagerConfig(catalog), receivers.url, folder)
  const alertmanager = undo.use(await startAlertmanager(await adapt(config, folder)))
  const running = undo.move()
  return {
    alertmanager,
    async find(path, text) {
      return await vi.waitFor(() => {
        const found = receivers.deliveries.find(
          delivery => delivery.path === path && JSON.stringify(delivery.body).includes(text),
        )
        expect(
          found,
          `${JSON.stringify(receivers.deliveries)}\n${alertmanager.output()}`,
        ).toBeDefined()
        return found?.body
      }, WAIT)
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

async function send({ url }: Alertmanager, alerts: readonly Alert[]): Promise<void> {
  const response = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts),
  })
  expect(response.status, await response.text()).toBe(200)
}

interface KnownAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly status: { readonly inhibitedBy: readonly string[] }
}

async function listAlerts({ url }: Alertmanager): Promise<readonly KnownAlert[]> {
  return (await (await fetch(`${url}/api/v2/alerts`)).json()) as readonly KnownAlert[]
}

const nameOf = ({ labels }: KnownAlert): string =>
  [labels['alertname'], labels['service'], labels['http_route'], labels['team']]
    .filter(Boolean)
    .join(' ')

/** The matchers that the silence has which a message of Slack offers. */
function silencedBy(message: unknown): string[] {
  const url = /https?:[^"]*silences[^"]*/.exec(JSON.stringify(message))?.[0] ?? ''
  const [, filter = ''] = /filter=\{(.*)\}$/.exec(decodeURIComponent(url)) ?? []
  return filter.split(',')
}

const textOf = (files: readonly OutputFile[], path: string): string =>
  files.find(file => file.path === path)?.text ?? ''

async function write(text: string): Promise<string> {
  const file = join(await makeFolder(), 'alertmanager.yaml')
  await writeFile(file, text)
  return file
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-routing-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
