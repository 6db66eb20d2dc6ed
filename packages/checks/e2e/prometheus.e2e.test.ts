import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '@throughline-example/database'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startAlertmanager } from '../src/alertmanager.ts'
import { checkAlertmanagerConfig, testRoutes } from '../src/amtool.ts'
import { startPrometheus } from '../src/prometheus.ts'
import { checkRules, testRules } from '../src/promtool.ts'

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const WAIT = { timeout: 30_000, interval: 100 }

/** A page as our apps serve it: OpenMetrics, with an exemplar. */
const PAGE = `# TYPE orders counter
orders_total{kind="paid"} 7 # {trace_id="${TRACE_ID}"} 1
# EOF
`

test('a scraped value and the trace of its exemplar come back', async () => {
  const target = await serve(() => PAGE, 'application/openmetrics-text; version=1.0.0')
  await using prometheus = await startPrometheus({ targets: { shop: [target.host] } })
  await vi.waitFor(
    async () =>
      expect(await prometheus.query('orders_total')).toEqual([
        {
          labels: { __name__: 'orders_total', job: 'shop', instance: target.host, kind: 'paid' },
          value: 7,
        },
      ]),
    WAIT,
  )
  expect(await prometheus.query('scalar(orders_total) * 2')).toEqual([{ labels: {}, value: 14 }])
  expect(await prometheus.listExemplars('orders_total')).toEqual([TRACE_ID])
  await expect(prometheus.query('rate(orders_total)')).rejects.toThrow(/expected type range vector/)
})

test('an alert that fires reaches a webhook, and so does that it has ended', async () => {
  const received: Notification[] = []
  const webhook = await serve(body => void received.push(JSON.parse(body) as Notification))
  const page = { orders: 7 }
  const target = await serve(() => `orders ${page.orders}\n`)
  const folder = await makeFolder()
  const rules = join(folder, 'rules.yaml')
  await writeFile(rules, RULES)
  await using alertmanager = await startAlertmanager(renderRouting(`http://${webhook.host}/`))
  await using prometheus = await startPrometheus({
    targets: { shop: [target.host] },
    ruleFiles: [rules],
    alertmanagerUrl: alertmanager.url,
  })
  await vi.waitFor(() => expect(received).toMatchObject([firing]), WAIT)
  expect(await prometheus.rules()).toMatchObject([
    { name: 'TooManyOrders', group: 'shop', health: 'ok' },
  ])
  expect(await prometheus.alerts()).toMatchObject([
    { labels: { alertname: 'TooManyOrders' }, state: 'firing' },
  ])
  page.orders = 1
  await vi.waitFor(() => expect(received.at(-1)).toMatchObject({ status: 'resolved' }), WAIT)
})

test('neither a process nor a folder is left when both were disposed of', async () => {
  const alertmanager = await startAlertmanager(renderRouting('http://127.0.0.1:9/'))
  const prometheus = await startPrometheus({ alertmanagerUrl: alertmanager.url })
  const servers = [alertmanager, prometheus]
  expect(servers.map(({ pid, folder }) => [isAlive(pid), existsSync(folder)])).toEqual([
    [true, true],
    [true, true],
  ])
  for (const server of servers) await server[Symbol.asyncDispose]()
  expect(servers.map(({ pid, folder }) => [isAlive(pid), existsSync(folder)])).toEqual([
    [false, false],
    [false, false],
  ])
})

test('a server that does not start tells why', async () => {
  await expect(startAlertmanager('route: { receiver: nobody }')).rejects.toThrow(
    /alertmanager did not get ready: it ended:[^]*undefined receiver .{1,3}nobody.{1,3} used in route/,
  )
  await expect(startPrometheus({ ruleFiles: ['relative/[.yaml'] })).rejects.toThrow(
    /relative\/\[\.yaml/,
  )
})

test('promtool names each rule file that is wrong, and each test that fails', async () => {
  const folder = await makeFolder()
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text)
    return join(folder, name)
  }
  const good = await write('good.yaml', RULES)
  const bad = await write('bad.yaml', RULES.replace('orders > 3', 'orders >'))
  expect(await checkRules([bad, good, bad])).toEqual([
    { file: bad, output: expect.stringContaining('unexpected end of input') },
    { file: bad, output: expect.stringContaining('unexpected end of input') },
  ])
  const passing = await write('passing.test.yaml', renderRuleTest(good, '4'))
  const failing = await write('failing.test.yaml', renderRuleTest(good, '3'))
  expect(await testRules([passing, failing])).toEqual([
    { file: failing, output: expect.stringContaining('alertname: TooManyOrders') },
  ])
})

test('amtool names what is wrong with a configuration, and the receivers of alerts in their order', async () => {
  const folder = await makeFolder()
  const file = join(folder, 'alertmanager.yaml')
  await writeFile(file, renderRouting('http://127.0.0.1:9/'))
  expect(await checkAlertmanagerConfig(file)).toBeUndefined()
  const alerts = [
    { team: 'shop', route: 'GET /orders/[id] {a="b"}' },
    { team: 'stock' },
    {},
    { team: 'shop' },
  ]
  expect(await testRoutes(file, alerts)).toEqual([['shop'], ['rest'], ['rest'], ['shop']])
  await writeFile(file, 'route: { receiver: nobody }')
  expect(await checkAlertmanagerConfig(file)).toContain('nobody')
  await expect(testRoutes(file, [{}])).rejects.toThrow(/nobody/)
})

interface Notification {
  readonly status: 'firing' | 'resolved'
}

const firing = {
  status: 'firing',
  receiver: 'shop',
  alerts: [
    {
      labels: { alertname: 'TooManyOrders', team: 'shop' },
      annotations: { summary: '7 orders' },
    },
  ],
}

const RULES = `groups:
  - name: shop
    rules:
      - alert: TooManyOrders
        expr: orders > 3
        labels: { team: shop }
        annotations: { summary: '{{ $value }} orders' }
`

const renderRuleTest = (rules: string, orders: string): string => `rule_files: ['${rules}']
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series: [{ series: orders, values: '${orders}' }]
    alert_rule_test:
      - eval_time: 0m
        alertname: TooManyOrders
        exp_alerts: [{ exp_labels: { team: shop }, exp_annotations: { summary: '4 orders' } }]
`

const renderRouting = (webhook: string): string => `route:
  receiver: rest
  group_wait: 100ms
  group_interval: 1s
  routes: [{ matchers: ['team="shop"'], receiver: shop }]
receivers:
  - name: rest
  - name: shop
    webhook_configs: [{ url: '${webhook}' }]
`

/** Serves one text; the body of a request is given to `answer`. */
async function serve(
  answer: (body: string) => string | void,
  type = 'text/plain',
): Promise<{ readonly host: string }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = answer(Buffer.concat(chunks).toString())
    response.setHeader('content-type', type).end(text ?? '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-prometheus-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
