import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { AlertRule } from '../src/alerts/alert-rule.ts'
import { compileRules } from '../src/alerts/compile-rules.ts'
import { receiverOf } from '../src/routing/receiver-names.ts'
import { renderRoutingFiles } from '../src/routing/render-routing-files.ts'
import { routeAlert } from '../src/routing/route-alert.ts'
import { listRoutingCases } from '../src/routing/routing-cases.ts'
import { createRoutingTree } from '../src/routing/routing-tree.ts'
import { exampleOwnership, ownershipOf } from './read-ownership.ts'

const ownership = exampleOwnership()
const { catalog, resolver } = ownership
const tree = createRoutingTree(catalog)
const cases = listRoutingCases(ownership)

test.for(cases)('$name: $receivers', ({ labels, receivers }) => {
  expect(routeAlert(tree, labels)).toEqual(receivers)
})

test('there is a case for every entry of the catalog', () => {
  const names = cases.map(({ name }) => name)
  for (const [service, { routes, queues, dependencies }] of catalog.services) {
    for (const { match } of routes)
      expect(names).toContain(`${service} ${match.text} productionFix, page`)
    for (const { name } of queues) expect(names).toContain(`${service} queue ${name}, page`)
    for (const { host, db } of dependencies) {
      const entry = host === undefined ? `db ${db}` : `host ${host}`
      expect(names).toContain(`${service} ${entry}, ticket`)
    }
  }
  for (const team of catalog.teams.keys())
    for (const severity of ['page', 'ticket', 'notice'])
      expect(names).toContain(`team ${team}, ${severity}`)
})

test('no two cases ask the same', () => {
  expect(new Set(cases.map(({ labels }) => JSON.stringify(labels))).size).toBe(cases.length)
})

test('a route is answered for by whom it names for each role', () => {
  const routed = ownershipOf(`version: 1
org: { defaultTeam: a }
teams: { a: { name: A, channels: { ticket: '#a' } }, b: { name: B }, c: { name: C } }
services:
  web:
    kind: node
    roles: { productionFix: a }
    routes: [{ match: "GET /x", team: b, roles: { authReview: c } }]
`)
  expect(
    listRoutingCases(routed)
      .filter(({ labels }) => labels['http_route'] === '/x')
      .map(({ name, receivers }) => [name, ...receivers]),
  ).toEqual([
    ['web GET /x productionFix, page', 'b-page'],
    ['web GET /x authReview, ticket', 'c-ticket'],
  ])
})

const rules = compileRules(ownership).flatMap(({ alerts }) => alerts.flatMap(group => group.rules))

test.for(rules.filter(({ alert }) => alert !== 'Watchdog'))(
  '$alert of $labels.service reaches the receiver that the catalog says',
  ({ labels, alert, cases: { firing } }) => {
    const { team, severity, service, role } = labels
    if (severity === 'none') throw new Error(`${alert} tells nobody`)
    for (const fired of firing.fires) {
      const all = { ...fired.labels, ...labels, alertname: alert }
      expect(routeAlert(tree, all)).toEqual([receiverOf(team, severity)])
      expect([service, role, team]).toEqual([service, role, teamByCatalog(all) ?? team])
    }
  },
)

/** Who must get it, asked of the catalog by what the alert is about; the holder of its role where nothing is listed. */
function teamByCatalog(labels: AlertRule['labels']): string | undefined {
  const { service, role, queue, server_address: host } = labels
  const { http_route: path, http_request_method: method = '*', decision } = labels
  if (service === 'all') return undefined
  if (decision !== undefined) return catalog.decisions.find(({ id }) => id === decision)?.by
  // A pool is called host:port/database; whoever fixes the service is told when one is exhausted.
  const pool = role === 'data' ? labels['db_client_connection_pool_name'] : undefined
  const db = labels['db_namespace'] ?? pool?.split('/').at(-1)
  const address = [host, labels['server_port']].filter(Boolean).join(':')
  const owner =
    (queue === undefined ? undefined : resolver.queue(service, queue)) ??
    (db === undefined ? undefined : resolver.database(service, db)) ??
    (address === '' ? undefined : resolver.host(service, address))
  if (owner?.unowned === undefined && owner !== undefined) return owner.team
  return resolver.role(service, role, path === undefined ? undefined : { method, path }).team
}

test('the file holds them all, and says how many there are', () => {
  const file = renderRoutingFiles(ownership).find(
    ({ path }) => path === 'alerts/routing-tests.yaml',
  )
  expect(file?.text).toContain(`\n# ${cases.length} cases, one for each entry of the catalog.`)
  expect(parse(file?.text ?? '')).toEqual({ tests: cases })
})
