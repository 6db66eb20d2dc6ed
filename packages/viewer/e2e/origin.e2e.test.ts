import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { startChromium } from '@throughline/checks/chromium'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sendWitness, type Witness } from './hostile/witness.ts'
import { startViewerProcess, type RunningViewer } from './running-viewer.ts'

const FOREIGN_PAGE = readFileSync(new URL('foreign-page.html', import.meta.url), 'utf8')
const FOREIGN_TRACE = 'a'.repeat(32)

/** What the foreign page says that it could read, and how many ways it tried. */
interface Outcome {
  readonly found: readonly string[]
  readonly tried: number
}

interface Site extends AsyncDisposable {
  readonly port: number
  /** Bodies of what was sent to it. */
  readonly sent: readonly string[]
}

/** A server of somebody else: its page tries the viewer, but for the one at `/still`. It lets anybody read and send. */
async function startSite(): Promise<Site> {
  const sent: string[] = []
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    response.setHeader(
      'content-type',
      request.url === '/api/live' ? 'text/event-stream' : 'text/html',
    )
    if (request.method === 'POST') void text(request).then(body => sent.push(body))
    if (request.url === '/') response.end(FOREIGN_PAGE)
    else response.end('data: words\n\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    sent,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

let viewer: RunningViewer
let site: Site
let browser: Browser
let page: Page
let witness: Witness

beforeAll(async () => {
  ;[viewer, site, browser] = await Promise.all([
    startViewerProcess(),
    startSite(),
    startChromium([
      // A name of a stranger that leads to this machine, as after its DNS was changed.
      '--host-resolver-rules=MAP evil.test 127.0.0.1',
      // Nothing but the viewer guards, as in browsers that let any page reach this machine.
      '--disable-features=LocalNetworkAccessChecks',
    ]),
  ])
  witness = await sendWitness(viewer)
})

afterAll(async () => {
  await browser?.close()
  await site?.[Symbol.asyncDispose]()
  await viewer?.[Symbol.asyncDispose]()
})

beforeEach(async () => {
  page = await browser.newPage()
  return async () => await page.close()
})

/** What a page at `origin` gets from the viewer that it calls `target`. */
async function attack(origin: string, target: string): Promise<Outcome> {
  await page.goto(`${origin}/#${encodeURIComponent(target)}`)
  await page.waitForFunction('window.outcome', undefined, { timeout: 20_000 })
  return (await page.evaluate('window.outcome')) as Outcome
}

async function expectNothingStored(): Promise<void> {
  const { stored } = await viewer.readMeta()
  expect(stored).toMatchObject({ traces: 1, spans: 3, logs: 0 })
  expect((await viewer.listTraces(FOREIGN_TRACE)).total).toBe(0)
  await witness.expectWhole()
}

describe('a page of another origin gets nothing and leaves nothing', () => {
  test.for([
    ['of another port of the same name', '127.0.0.1', '127.0.0.1'],
    ['of the other name of this machine', 'localhost', '127.0.0.1'],
    ['of another name, which calls the viewer by its usual one', 'evil.test', 'localhost'],
    ['of another name that leads here, which calls the viewer by it', 'evil.test', 'evil.test'],
  ] as const)('%s', async ([, name, called]) => {
    const outcome = await attack(`http://${name}:${site.port}`, `http://${called}:${viewer.port}`)
    expect(outcome).toEqual({ found: [], tried: 112 })
    const shown = page
      .frames()
      .slice(1)
      .map(frame => frame.url())
    expect(shown.filter(url => !/^(chrome-error|about):/.test(url))).toEqual([])
    await expectNothingStored()
  })
})

test('a page whose name was turned to this machine, and so is of the same origin, gets nothing', async () => {
  const origin = `http://evil.test:${viewer.port}`
  // The page came from its own server before; all that it asks for comes from the viewer now.
  await page.route(
    url => url.pathname === '/' && url.searchParams.has('mine'),
    route => route.fulfill({ contentType: 'text/html', body: FOREIGN_PAGE }),
  )
  await page.goto(`${origin}/?mine#${encodeURIComponent(origin)}`)
  await page.waitForFunction('window.outcome', undefined, { timeout: 20_000 })
  const { found } = (await page.evaluate('window.outcome')) as Outcome
  // It may look into frames of its own origin, and sees that it is turned away.
  const refused = /^(frame|form) .*not known as "evil\.test/
  expect(found.filter(line => !refused.test(line))).toEqual([])
  await expectNothingStored()
})

test('the same page does read and send where it is let', async () => {
  await using careless = await startSite()
  const address = `http://localhost:${careless.port}`
  const { found } = await attack(`http://127.0.0.1:${site.port}`, address)
  const kinds = new Set(found.map(line => line.split(' ', 1)[0]))
  expect([...kinds]).toEqual(expect.arrayContaining(['events:', 'fetch', 'send']))
  const traces = careless.sent.filter(body => body.includes(FOREIGN_TRACE))
  expect(traces.length).toBeGreaterThan(40)
  const asText = careless.sent.filter(body => body.startsWith('{"a"'))
  expect(asText.map(body => Object.keys(JSON.parse(body) as object))).toContainEqual([
    'a',
    'resourceSpans',
  ])
})

test('its own page does read what a foreign one does not', async () => {
  await page.goto(viewer.url)
  const status = await page.evaluate(`fetch('/api/traces').then(({ status }) => status)`)
  expect(status).toBe(200)
  await expect.poll(() => page.textContent('body')).toContain('/witness')
})

test('a link of a foreign page opens the viewer, and the page that has it sees nothing of it', async () => {
  await page.goto(`http://localhost:${site.port}/still`)
  const opening = page.waitForEvent('popup')
  await page.evaluate(`void (window.opened = window.open('${viewer.url}/'))`)
  const opened = await opening
  await opened.waitForLoadState()
  const seen = await page.evaluate(`(() => {
    try { return opened === null || opened.closed ? 'nothing' : opened.document.title } catch { return 'nothing' }
  })()`)
  expect([seen, new URL(opened.url()).port]).toEqual(['nothing', String(viewer.port)])
})
