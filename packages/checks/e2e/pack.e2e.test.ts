import '@throughline/testing/matchers'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { startCollector } from '@throughline/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packPackages } from '../src/published.ts'
import { readManifest, readPublicPackages } from '../src/workspace.ts'

const execute = promisify(execFile)

const app = `import fastify from 'fastify'

const app = fastify()
app.get('/v1/invoices/:id', async request => ({ id: request.params.id }))
console.log(await app.listen({ port: 0, host: '127.0.0.1' }))
`

const catalog = `version: 1
org: { defaultTeam: platform }
teams: { platform: { name: Platform, channels: { ticket: "#platform" } }, partners: { name: Partners } }
services:
  api:
    kind: node
    roles: { productionFix: platform }
    routes: [{ match: "GET /v1/invoices/[id]", team: partners, audience: partner }]
`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-installed-'))
  using tarballs = packPackages()
  const ours = tarballs.all.map(({ name, path }) => [name, `file:${path}`])
  const fastify = readManifest('examples/partner-api').dependencies?.['fastify']
  const manifest = { type: 'module', dependencies: { ...Object.fromEntries(ours), fastify } }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  await writeFile(join(folder, 'server.js'), app)
  await writeFile(join(folder, 'ownership.yaml'), catalog)
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await execute('npm', ['install', ...options], { cwd: folder })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a new app that installs the packages from their tarballs has its traces, with owners', async () => {
  await using collector = await startCollector()
  const child = spawn('node', ['--import', '@throughline/node/register', 'server.js'], {
    cwd: folder,
    env: { ...process.env, ...collector.env, OTEL_SERVICE_NAME: 'api' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  try {
    const [url] = (await once(createInterface(child.stdout), 'line')) as [string]
    expect(await (await fetch(`${url}/v1/invoices/7`)).json()).toEqual({ id: '7' })
    const trace = await collector.waitForTrace({ root: 'GET /v1/invoices/:id', spans: 1 })
    expect(trace.roots[0]?.attributes).toMatchObject({
      'http.route': '/v1/invoices/:id',
      team: 'partners',
      'throughline.audience': 'partner',
    })
  } finally {
    child.kill('SIGTERM')
    await ended
  }
})

test('the command line, installed from its tarball, generates for the catalog of that app', async () => {
  const throughline = join(folder, 'node_modules/.bin/throughline')
  const { stdout } = await execute(throughline, ['generate'], { cwd: folder })
  expect(stdout).toContain('wrote   alerts/partners/alerts.rules.yaml')
  expect(stdout).toContain('wrote   docs/runbooks/watchdog.md')
  const rules = await readFile(join(folder, 'alerts/partners/alerts.rules.yaml'), 'utf8')
  expect(rules).toContain('team: partners')
  const check = await execute(throughline, ['generate', '--check'], { cwd: folder })
  expect(check.stdout).toBe('every generated file is what the catalog gives\n')
  const who = await execute(throughline, ['owners', 'who', 'api', 'GET /v1/invoices/7'], {
    cwd: folder,
  })
  expect(who.stdout).toMatch(/^api GET \/v1\/invoices\/7: partners\n/)
})

test('the viewer, installed from its tarball, takes the spans of that app, and brings its page', async () => {
  const viewer = spawn(
    join(folder, 'node_modules/.bin/throughline'),
    ['view', '--port', '0', '--json'],
    { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const viewerEnded = once(viewer, 'close')
  let server: ChildProcess | undefined
  try {
    const [line] = (await once(createInterface(viewer.stdout), 'line')) as [string]
    const { url } = JSON.parse(line) as { readonly url: string }
    server = spawn('node', ['--import', '@throughline/node/register', 'server.js'], {
      cwd: folder,
      env: {
        ...process.env,
        OTEL_EXPORTER_OTLP_ENDPOINT: url,
        OTEL_BSP_SCHEDULE_DELAY: '100',
        OTEL_SERVICE_NAME: 'api',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [address] = (await once(createInterface(server.stdout as Readable), 'line')) as [string]
    await fetch(`${address}/v1/invoices/7`)
    const list = async (): Promise<unknown> => (await fetch(`${url}/api/traces`)).json()
    await expect.poll(list, { timeout: 10_000 }).toMatchObject({
      traces: [{ title: 'GET /v1/invoices/:id', outcome: '200', team: 'partners' }],
    })
    const page = await (await fetch(`${url}/traces`)).text()
    const [, script = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(page) ?? []
    expect((await fetch(url + script)).headers.get('content-type')).toContain('javascript')
  } finally {
    for (const child of [server, viewer]) child?.kill('SIGTERM')
  }
  expect(await viewerEnded).toEqual([0, null])
})

const entries = readPublicPackages().flatMap(({ manifest: { name, exports = {} } }) =>
  Object.keys(exports)
    .filter(path => !path.endsWith('.json'))
    .map(path => `${name}${path.slice(1)}`),
)

test.for(entries)('%s resolves to a file that is there', async entry => {
  const script = 'process.stdout.write(import.meta.resolve(process.argv[1]))'
  const { stdout } = await execute('node', ['--input-type=module', '-e', script, entry], {
    cwd: folder,
  })
  await expect(readFile(new URL(stdout), 'utf8')).resolves.toBeTypeOf('string')
  expect(stdout).toContain('/node_modules/@throughline/')
})
