import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createResolver, parseCatalog, type Resolver } from '@throughline/catalog'
import { spreadOf, type Spread } from './spread.ts'

/** What the catalog costs: at start, and at each question. */
export interface CatalogCost {
  readonly routes: number
  /** Nanoseconds a call, by question. */
  readonly nsPerCall: Readonly<Record<string, Spread>>
  /** Milliseconds of wall time in a fresh process, for a catalog of 100 routes. */
  readonly startMs: { readonly routes: number; readonly import: Spread; readonly read: Spread }
}

const ROUTES = 500
const ROUTES_AT_START = 100
const SAMPLES = 41
const CALLS = 20_000
const PROCESSES = 15

/** Measures what the catalog costs: in this process, and in fresh ones for the start. */
export async function measureCatalog(): Promise<CatalogCost> {
  const parsed = parseCatalog(writeCatalog(ROUTES))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const questions = askQuestions(createResolver(parsed.value))
  const nsPerCall = Object.fromEntries(
    Object.entries(questions).map(([name, ask]) => [name, measureCalls(ask)]),
  )
  return { routes: ROUTES, nsPerCall, startMs: await measureStart() }
}

type Question = (index: number) => unknown

/** Questions as an application asks them: paths come in as new strings, templates are always the same ones. */
function askQuestions(resolver: Resolver): Readonly<Record<string, Question>> {
  const templates = Array.from({ length: ROUTES }, (_, index) => templateOf(index))
  const unlisted = templates.map(template => `/unlisted${template}`)
  const fresh = (path: string): string => Buffer.from(path).toString('latin1')
  return {
    'the string alone (fresh path)': index =>
      fresh(`/api/v1/area-${index % ROUTES}/${index}/items`),
    'template, listed': index => resolver.route('web', 'GET', templates[index % ROUTES] ?? ''),
    'template, unlisted': index => resolver.route('web', 'GET', unlisted[index % ROUTES] ?? ''),
    'fresh path, listed': index =>
      resolver.route('web', 'GET', fresh(`/api/v1/area-${index % ROUTES}/${index}/items`)),
    'fresh path, unlisted': index =>
      resolver.route('web', 'GET', fresh(`/wp-admin/${index}/x/y/z.php`)),
    'unknown service': () => resolver.route('other', 'GET', '/api'),
    'host, listed': () => resolver.host('web', 'payments.example.com'),
    'host with port, unlisted': () => resolver.host('web', 'hooks.example.net:8443'),
    'host to service': () => resolver.serviceByHost('app.example.com'),
    queue: () => resolver.queue('web', 'reports'),
    role: () => resolver.role('web', 'authReview', { method: 'GET', path: templates[7] ?? '' }),
  }
}

const templateOf = (index: number): string => `/api/v1/area-${index}/[id]/items`

function writeCatalog(routes: number): string {
  const teams = ['platform', 'growth', 'billing', 'partners', 'data', 'security', 'product']
  const teamLines = teams.map(
    team =>
      `  ${team}: { name: ${team}, github: "@acme/${team}", channels: { people: "#${team}", page: pagerduty:env:PD_KEY, ticket: "#${team}-alerts" }, reviewedAt: 2026-10-02 }`,
  )
  const routeLines = Array.from(
    { length: routes },
    (_, index) =>
      `      - { match: "${index % 3 === 0 ? '* ' : 'GET '}${templateOf(index)}", team: ${teams[index % teams.length]}, audience: browser, work: request, objective: { availability: 99.9, latency: { p95: 400ms } } }`,
  )
  return `version: 1
org: { github: acme, defaultTeam: platform, leads: ["@acme/eng-leads"] }
teams:
${teamLines.join('\n')}
services:
  web:
    kind: next
    criticality: critical
    hosts: [app.example.com, "web:3000"]
    roles: { productionFix: growth, schemaApproval: data, authReview: security }
    routes:
${routeLines.join('\n')}
    queues: [{ name: reports, team: data, maxAge: 5m }]
    dependencies: [{ host: payments.example.com, team: billing, critical: true }, { db: app, team: platform }]
    reviewedAt: 2026-10-02
    reviewEvery: 90d
`
}

function measureCalls(ask: Question): Spread {
  let index = 0
  let answered = 0
  const batch = (): number => {
    const started = process.hrtime.bigint()
    for (let call = 0; call < CALLS; call++) if (ask(index++) !== undefined) answered++
    return Number(process.hrtime.bigint() - started) / CALLS
  }
  for (let warmUp = 0; warmUp < 10; warmUp++) batch()
  const spread = spreadOf(Array.from({ length: SAMPLES }, batch))
  if (answered === 0) throw new Error('nothing was answered')
  return spread
}

async function measureStart(): Promise<CatalogCost['startMs']> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-catalog-'))
  try {
    const path = join(folder, 'ownership.yaml')
    await writeFile(path, writeCatalog(ROUTES_AT_START))
    const child = fileURLToPath(new URL('apps/catalog-start.mjs', import.meta.url))
    const runs: { import: number; read: number }[] = []
    for (let run = 0; run < PROCESSES; run++) {
      const { stdout } = await promisify(execFile)(process.execPath, [child, path])
      runs.push(JSON.parse(stdout) as { import: number; read: number })
    }
    return {
      routes: ROUTES_AT_START,
      import: spreadOf(runs.map(run => run.import)),
      read: spreadOf(runs.map(run => run.read)),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
