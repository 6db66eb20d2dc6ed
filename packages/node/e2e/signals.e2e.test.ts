import { Agent, get, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { findFreePort } from '@throughline-example/database'
import {
  startMisbehavingCollector,
  type Behaviour,
} from '@throughline/checks/misbehaving-collector'
import { startCollector } from '@throughline/testing'
import { expect, onTestFinished, test } from 'vitest'
import { startFixture } from './fixture-app.ts'

/** A collector that does nothing but that; gives its address. */
async function startBadCollector(behaviour: Behaviour): Promise<string> {
  const collector = await startMisbehavingCollector()
  onTestFinished(() => collector[Symbol.asyncDispose]())
  await collector.behave(behaviour)
  return collector.url
}

/** One second is the promise; the rest is for a busy machine to notice that the process is gone. */
const END_MS = 2_500

test('SIGTERM ends a listening server by that signal, after its spans are sent', async () => {
  await using collector = await startCollector()
  await using app = await startFixture('signals-app.mjs', {
    environment: { ...collector.env, OTEL_BSP_SCHEDULE_DELAY: '60000' },
  })
  await fetch(app.url)
  app.kill('SIGTERM')
  expect(await app.ended).toEqual({ code: null, signal: 'SIGTERM' })
  await collector.waitForTrace({ root: 'GET', spans: 1 })
})

test('an application that handles SIGTERM itself decides when to exit, and with which code', async () => {
  await using collector = await startCollector()
  await using app = await startFixture('signals-app.mjs', {
    environment: { ...collector.env, SIGNALS: 'own', OTEL_BSP_SCHEDULE_DELAY: '60000' },
  })
  await fetch(app.url, { headers: { connection: 'close' } })
  app.kill('SIGTERM')
  expect(await app.ended).toEqual({ code: 7, signal: null })
  expect(app.output()).toContain('application saw SIGTERM')
})

test.for<[Behaviour, string, { code: number | null; signal: NodeJS.Signals | null }]>([
  ['refuses', 'leaves SIGTERM to Node', { code: null, signal: 'SIGTERM' }],
  ['never answers', 'leaves SIGTERM to Node', { code: null, signal: 'SIGTERM' }],
  ['never answers', 'closes its server', { code: 0, signal: null }],
  ['never reads', 'closes its server', { code: 0, signal: null }],
  ['never answers', 'exits by itself', { code: 7, signal: null }],
])(
  'a collector that %s delays the end of an application that %s by no more than a second',
  async ([behaviour, how, end]) => {
    const SIGNALS = { 'closes its server': 'close', 'exits by itself': 'own' }[how] ?? ''
    await using app = await startFixture('signals-app.mjs', {
      environment: {
        SIGNALS,
        OTEL_EXPORTER_OTLP_ENDPOINT: await startBadCollector(behaviour),
        // An attempt is under way when the signal comes.
        OTEL_BSP_SCHEDULE_DELAY: '1',
      },
    })
    await fetch(app.url, { headers: { connection: 'close' } })
    const from = performance.now()
    app.kill('SIGTERM')
    expect(await app.ended).toEqual(end)
    expect(performance.now() - from).toBeLessThan(END_MS)
  },
)

test('a process that ends by itself waits for a collector that never answers for a second, not for two', async () => {
  await using app = await startFixture('start-app.mjs', {
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: await startBadCollector('never answers') },
    imports: [],
    listens: false,
  })
  await expect.poll(app.output, { timeout: 10_000, interval: 10 }).toContain('done')
  const from = performance.now()
  expect(await app.ended).toEqual({ code: 0, signal: null })
  expect(performance.now() - from).toBeLessThan(1_900)
})

test('a scraper that keeps its connection does not keep a process that has nothing left to do', async () => {
  const port = await findFreePort()
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  await using app = await startFixture('signals-app.mjs', {
    environment: {
      SIGNALS: 'close',
      OTEL_TRACES_EXPORTER: 'none',
      THROUGHLINE_METRICS_PORT: String(port),
    },
  })
  const scrape = get({ host: '127.0.0.1', port, path: '/metrics', agent })
  const [answer] = (await once(scrape, 'response')) as [IncomingMessage]
  expect(await text(answer)).toContain('# EOF')
  const from = performance.now()
  app.kill('SIGTERM')
  expect(await app.ended).toEqual({ code: 0, signal: null })
  expect(performance.now() - from).toBeLessThan(END_MS)
})

test('a process that ends by itself sends its spans first', async () => {
  await using collector = await startCollector()
  await using app = await startFixture('start-app.mjs', {
    environment: { ...collector.env, OTEL_BSP_SCHEDULE_DELAY: '60000' },
    imports: [],
    listens: false,
  })
  expect(await app.ended).toEqual({ code: 0, signal: null })
  const trace = await collector.waitForTrace({ root: 'work', spans: 1 })
  expect(trace.spans[0]?.service).toBe('started-by-code')
})

test('shutdown() sends what is finished and lets the process end', async () => {
  await using collector = await startCollector()
  await using app = await startFixture('start-app.mjs', {
    environment: { ...collector.env, OTEL_BSP_SCHEDULE_DELAY: '60000', START: 'shutdown' },
    imports: [],
    listens: false,
  })
  expect(await app.ended).toEqual({ code: 0, signal: null })
  await collector.waitForTrace({ root: 'work', spans: 1 })
})

test.for([
  { how: 'calls process.exit()', path: '/exit', code: 3 },
  { how: 'crashes', path: '/crash', code: 1 },
])('what is finished when the application $how is sent', async ({ path, code }) => {
  await using collector = await startCollector()
  await using app = await startFixture('signals-app.mjs', {
    environment: { ...collector.env, OTEL_BSP_SCHEDULE_DELAY: '60000' },
  })
  await fetch(app.url + path).catch(() => undefined)
  expect(await app.ended).toEqual({ code, signal: null })
  await collector.waitForTrace({ root: 'GET', spans: 1 })
})

test.for<Behaviour>(['refuses', 'never answers'])(
  'process.exit() waits no more than a second for a collector that %s',
  async behaviour => {
    await using app = await startFixture('signals-app.mjs', {
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: await startBadCollector(behaviour),
        OTEL_BSP_SCHEDULE_DELAY: '60000',
      },
    })
    const from = performance.now()
    await fetch(`${app.url}/exit`).catch(() => undefined)
    expect(await app.ended).toEqual({ code: 3, signal: null })
    expect(performance.now() - from).toBeLessThan(END_MS)
  },
)
