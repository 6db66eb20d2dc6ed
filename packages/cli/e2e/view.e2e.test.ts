import { readdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { PAYLOADS, TRACE_ID } from '../test/trace-payloads.ts'
import { CATALOG, createWorkspace, type Running, type Workspace } from './throughline.ts'

/** What `view --json` prints. */
interface Up {
  readonly schema: number
  readonly url: string
  readonly pageUrl: string
  readonly endpoint: string
  readonly port: number
  readonly pid: number
}

const upOf = async ({ firstLine }: Running): Promise<Up> => JSON.parse(await firstLine) as Up

/** The catalog with a database, which no span will tell of. */
const WITH_DATABASE = `${CATALOG}    dependencies:
      - { db: app, team: platform }
`

/** A workspace whose temporary folder is its own, and a viewer in it. */
function startView(...args: readonly string[]): {
  readonly shop: Workspace
  readonly viewer: Running
  readonly temporary: string
} {
  const shop = createWorkspace({ 'ownership.yaml': WITH_DATABASE, 'tmp/x': '' })
  const temporary = join(shop.folder, 'tmp')
  return { shop, temporary, viewer: shop.start(['view', ...args], { TMPDIR: temporary }) }
}

const send = (endpoint: string, payload: object, token?: string): Promise<Response> =>
  fetch(`${endpoint}/v1/traces`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(payload),
  })

test('what an application sends is printed with teams and gaps, until Ctrl-C leaves nothing behind', async () => {
  const { shop, viewer, temporary } = startView('--port', '0', '--json')
  const up = await upOf(viewer)
  expect(up).toMatchObject({ schema: 1, endpoint: `http://127.0.0.1:${up.port}` })
  expect((await fetch(up.pageUrl)).status).toBe(200)
  expect((await send(up.endpoint, PAYLOADS['OTLP/JSON'])).status).toBe(200)

  const printed = await shop.run(['trace', TRACE_ID, '--url', up.url])
  expect(printed).toMatchObject({ code: 0, err: '' })
  expect(printed.out).toContain('POST /api/billing/plan')
  expect(printed.out).toContain('payments.example.com')
  expect(printed.out).toContain('billing')
  expect(printed.out).toMatch(/payments\.example\.com.* told no trace/)
  // Only the viewer knows that no query has ever arrived.
  expect(printed.out).toContain('Queries of web are not seen')

  const read = await shop.run(['trace', TRACE_ID.slice(0, 6), '--url', up.url, '--json'])
  expect(JSON.parse(read.out)).toMatchObject({
    schema: 1,
    outcome: '502',
    teams: ['billing', 'growth'],
  })

  const other = await shop.run(['trace', 'a'.repeat(32), '--url', up.url])
  expect(other).toMatchObject({ code: 1, out: '' })
  expect(other.err).toContain(TRACE_ID)

  viewer.kill('SIGINT')
  expect((await viewer.ended).code).toBe(0)
  expect(readdirSync(temporary)).toEqual(['x'])
  expect((await shop.run(['trace', TRACE_ID, '--url', up.url])).err).toContain(
    `nothing listens at ${up.endpoint}\n  fix: start it with throughline view`,
  )
})

test('it says what to set in the application, which catalog it reads, and what is kept', async () => {
  const { shop, viewer } = startView('--port', '0', '--max-spans', '1000', '--max-mb', '64')
  const page = await viewer.firstLine
  await expect.poll(() => viewer.said()).toContain('Ctrl-C stops it')
  expect(viewer.said()).toContain(`OTEL_EXPORTER_OTLP_ENDPOINT=${new URL(page).origin}\n`)
  expect(viewer.said()).toContain(join(shop.folder, 'ownership.yaml'))
  expect(viewer.said()).toContain('at most 1,000 spans and 64 MiB')
  viewer.kill('SIGTERM')
  expect(await viewer.ended).toMatchObject({ code: 0, out: `${page}\n` })
})

test('a token is asked of page, application and trace', async () => {
  const token = 'sixteen-letters+'
  const { shop, viewer } = startView('--port', '0', '--json', '--token', token)
  const { endpoint, url, pageUrl } = await upOf(viewer)
  await expect.poll(() => viewer.said()).toContain('authorization=Bearer%20sixteen-letters%2B\n')
  expect(new URL(pageUrl).searchParams.get('token')).toBe(token)
  expect((await send(endpoint, PAYLOADS['OTLP/JSON'])).status).toBe(401)
  expect((await send(endpoint, PAYLOADS['OTLP/JSON'], token)).status).toBe(200)
  const without = await shop.run(['trace', TRACE_ID, '--url', url])
  expect(without).toMatchObject({ code: 1, out: '' })
  expect(without.err).toContain('it wants a token\n  fix: give it by --token')
  expect(await shop.run(['trace', TRACE_ID, '--url', url, '--token', token])).toMatchObject({
    code: 0,
  })
})

test('a file keeps what arrived', async () => {
  const { shop, viewer } = startView('--port', '0', '--json', '--file', 'kept.db')
  await send((await upOf(viewer)).endpoint, PAYLOADS['OTLP/JSON'])
  viewer.kill('SIGHUP')
  expect((await viewer.ended).code).toBe(0)
  const again = shop.start(['view', '--port', '0', '--json', '--file', 'kept.db'])
  const { url } = await upOf(again)
  expect((await shop.run(['trace', TRACE_ID, '--url', url])).code).toBe(0)
})

/** Takes a port of this machine until the test is over; gives it though somebody else has it already. */
function occupy(port: number): Promise<number> {
  const server: Server = createServer((_, response) => void response.writeHead(404).end())
  onTestFinished(() => void server.close())
  server.listen(port, '127.0.0.1')
  return new Promise(resolve => {
    server.once('error', () => resolve(port))
    server.once('listening', () => resolve((server.address() as AddressInfo).port))
  })
}

test('where its usual port is taken it says by whom, takes another, and says where applications send to', async () => {
  await occupy(4318)
  const { viewer } = startView('--json')
  const { port, endpoint } = await upOf(viewer)
  expect(port).not.toBe(4318)
  await expect.poll(() => viewer.said()).toContain(`OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}\n`)
  expect(viewer.said()).toMatch(/^127\.0\.0\.1:4318 is taken by \w/)
  viewer.kill('SIGINT')
  expect((await viewer.ended).code).toBe(0)
})

test('a port that was asked for and is taken ends it with 1, and a free one is offered', async () => {
  const port = await occupy(0)
  const { viewer } = startView('--port', String(port))
  const { code, out, err } = await viewer.ended
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain(String(port))
  expect(err).toMatch(/is taken by something that speaks HTTP.*\n {2}fix: .*\d+ is free/)
})

test('options that are wrong are all told, and nothing is started', async () => {
  const { viewer } = startView('--port', 'x', '--max-spans', '0', '--grafana', 'grafana')
  expect(await viewer.ended).toEqual({
    code: 2,
    out: '',
    err: `throughline: --grafana is no address: "grafana"
  fix: write it with http:// or https://, as in http://127.0.0.1:4318
throughline: --port cannot be "x"
  fix: write a whole number from 0 to 65535
throughline: --max-spans cannot be "0"
  fix: write a whole number from 1
`,
  })
})
