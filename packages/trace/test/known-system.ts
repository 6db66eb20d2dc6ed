import { createResolver, parseCatalog } from '@throughline/catalog'
import type { KnownService, Surroundings } from '../src/surroundings.ts'

/** A catalog of a web app, an API, a worker with a queue, and payments, which are somebody else's. */
const CATALOG = `
version: 1
org: { defaultTeam: platform }
teams:
  growth: { name: Growth }
  billing: { name: Billing }
  partners: { name: Partners }
  data: { name: Data }
  platform: { name: Platform }
services:
  web:
    kind: next
    hosts: ["web.internal:3000"]
    roles: { productionFix: growth }
    routes:
      - { match: "GET /invoices/[id]", team: billing }
    dependencies:
      - { db: app, team: data }
      - { host: mail.example.com, team: growth }
  api:
    kind: node
    hosts: ["api.internal", "127.0.0.1:4000"]
    roles: { productionFix: partners }
    routes:
      - { match: "GET /v1/invoices/:id", team: partners }
    dependencies:
      - { db: app, team: data }
    queues:
      - { name: reports, team: data }
  worker:
    kind: worker
    roles: { productionFix: data }
    queues:
      - { name: reports, team: data }
  payments:
    kind: external
    hosts: [payments.example.com]
    roles: { productionFix: billing }
`

const parsed = parseCatalog(CATALOG, { file: '/srv/shop/ownership.yaml' })
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))

/** That catalog, as what is known beside a trace. */
export const ownership = {
  catalog: parsed.value,
  resolver: createResolver(parsed.value),
} satisfies Surroundings['ownership']

/** Services that have sent spans of all kinds. */
export const seen = (...names: readonly string[]): KnownService[] =>
  names.map(name => ({ name, queries: true, serves: true }))
