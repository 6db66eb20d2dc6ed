import { Agent, get, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { readMetricsPage } from '@throughline/checks/metrics-page'
import {
  startMisbehavingCollector,
  type Behaviour,
  type MisbehavingCollector,
} from '@throughline/checks/misbehaving-collector'
import { METRIC_THROUGHLINE_SPANS_DROPPED } from '@throughline/conventions'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** An application that runs in a process of its own. */
interface RunningApp extends AsyncDisposable {
  readonly url: string
  output(): string
  kill(signal: NodeJS.Signals): void
  readonly ended: Promise<unknown>
}

/** An application that the failure contract is held against. */
export interface ContractedApp {
  /** Starts it with `environment`, and its metrics where that says. */
  readonly start: (environment: Readonly<Record<string, string>>) => Promise<RunningApp>
  readonly metricsUrl: () => string
  /** A request that makes the same spans each time, and what its answer holds. */
  readonly path: string
  readonly answer: string
  /** More than the queue and a batch hold, by far. */
  readonly requests: number
}

const QUEUE = 512
const BATCH = 64
const CONNECTIONS = 16
const ANSWER_TIMEOUT_MS = 500

const ENVIRONMENT = {
  THROUGHLINE_REQUEST_LOG: 'off',
  OTEL_BSP_SCHEDULE_DELAY: '50',
  OTEL_BSP_MAX_QUEUE_SIZE: String(QUEUE),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: String(BATCH),
  // Short, for the sake of the test: an attempt that takes long, and a batch that is tried twice, are given up soon.
  OTEL_EXPORTER_OTLP_TIMEOUT: String(ANSWER_TIMEOUT_MS),
  OTEL_BSP_EXPORT_TIMEOUT: '300',
}

/** The pause after the second failure at its longest, and an attempt that runs into its time limit before it. */
const RECOVERY_MS = 1_800 + ANSWER_TIMEOUT_MS
/** For a busy machine to do all that. */
const SLACK_MS = 8_000

/** Reasons under which the spans that each of them costs are counted, besides `queue_full`; of those without one, none is lost. */
const TABLE: readonly (readonly [Behaviour, string | undefined])[] = [
  ['refuses', 'refused'],
  ['never answers', 'timeout'],
  ['never reads', 'timeout'],
  ['slow', 'timeout'],
  ['too large', 'rejected'],
  ['throttles', 'throttled'],
  ['unavailable', 'throttled'],
  ['garbage', undefined],
  ['no http', 'failed'],
  ['hangs up', 'failed'],
  ['cuts off', undefined],
  ['partial', 'rejected'],
]

/** Tests that an application serves as ever whatever the collector does, that all that is lost is counted, and that it ends in time. */
export function holdToFailureContract({
  start,
  metricsUrl,
  path,
  answer,
  requests,
}: ContractedApp): void {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  let collector: MisbehavingCollector
  let app: RunningApp
  let spansPerRequest = 0

  const restart = async (): Promise<void> => {
    app = await start({ ...ENVIRONMENT, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
  }
  beforeAll(async () => {
    collector = await startMisbehavingCollector()
    await restart()
  })
  afterAll(async () => {
    agent.destroy()
    await app?.[Symbol.asyncDispose]()
    await collector?.[Symbol.asyncDispose]()
  })

  const ask = async (): Promise<void> => {
    const [response] = (await once(get(app.url + path, { agent }), 'response')) as [IncomingMessage]
    const body = await text(response)
    if (response.statusCode !== 200 || !body.includes(answer))
      throw new Error(`${path} was answered with ${response.statusCode}: ${body.slice(0, 300)}`)
  }
  const load = async (count: number): Promise<void> => {
    let left = count
    const work = async (): Promise<void> => {
      while ((left -= 1) >= 0) await ask()
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, work))
  }
  /** Lost spans by reason, since the start of the process. */
  const readDropped = async (): Promise<Record<string, number>> =>
    Object.fromEntries(
      (await readMetricsPage(metricsUrl()))
        .filter(({ name }) => name === METRIC_THROUGHLINE_SPANS_DROPPED.name)
        .map(({ labels, value }) => [labels['reason'] ?? '', value]),
    )
  /** How many of the spans that a load makes are neither taken nor counted as lost since. */
  const readHeld = async (takenBefore: number, droppedBefore: number): Promise<number> => {
    const lost = sum(await readDropped()) - droppedBefore
    return spansPerRequest * requests - (collector.counts().taken - takenBefore) - lost
  }

  test('a healthy collector takes every span', async () => {
    // Some applications make other spans for the first request to a route.
    await ask()
    await expect.poll(() => collector.counts().taken).toBeGreaterThan(0)
    await load(CONNECTIONS - 1)
    await expect.poll(() => collector.counts().taken).toBeGreaterThanOrEqual(CONNECTIONS)
    const before = collector.counts().taken
    await load(requests)
    const taken = (): number => collector.counts().taken - before
    await expect.poll(taken, { timeout: SLACK_MS }).toBeGreaterThanOrEqual(requests)
    await expect.poll(() => taken() % requests, { timeout: SLACK_MS }).toBe(0)
    spansPerRequest = taken() / requests
    expect(await readDropped()).toEqual({})
  })

  test.for(TABLE)(
    'a collector that is or does "%s" costs no request: few spans wait, the others are counted by reason, and all come when it is well',
    async ([behaviour, reason]) => {
      const [takenBefore, droppedBefore] = [collector.counts().taken, await readDropped()]
      const held = (): Promise<number> => readHeld(takenBefore, sum(droppedBefore))
      await collector.behave(behaviour)
      await load(requests)
      await expect.poll(held, { timeout: SLACK_MS }).toBeLessThanOrEqual(QUEUE + BATCH)
      const lost = async (): Promise<string[]> => {
        const dropped = await readDropped()
        return Object.keys(dropped).filter(name => dropped[name] !== droppedBefore[name])
      }
      if (reason !== undefined)
        await expect.poll(lost, { timeout: SLACK_MS, interval: 50 }).toContain(reason)
      await collector.behave('healthy')
      await expect.poll(held, { timeout: RECOVERY_MS + SLACK_MS, interval: 50 }).toBe(0)
      const expected = reason === undefined ? [] : [reason, 'queue_full']
      expect(expected).toEqual(expect.arrayContaining(await lost()))

      const { received } = collector.counts()
      await ask()
      await expect
        .poll(() => collector.counts().received - received, { timeout: SLACK_MS })
        .toBe(spansPerRequest)
    },
  )

  test('it has said each cause once', () => {
    const causes = app
      .output()
      .split('\n')
      .filter(line => line.startsWith('throughline: '))
      .map(line => line.replace(/ \(.*/, '').replace('have to wait', 'are lost'))
    expect(causes.toSorted()).toEqual([...new Set(causes)].toSorted())
    expect(causes).toContain('throughline: spans are lost: no collector listens there')
    expect(app.output()).not.toMatch(/unhandled|uncaught|deprecat/i)
  })

  test.for<Behaviour>(['never answers', 'refuses'])(
    'SIGTERM ends it in a second while the collector does or is "%s"',
    async behaviour => {
      await app[Symbol.asyncDispose]()
      await collector.behave('healthy')
      await restart()
      await collector.behave(behaviour)
      await load(CONNECTIONS)
      agent.destroy()
      const from = performance.now()
      app.kill('SIGTERM')
      await app.ended
      // One second is the promise; the rest is for a busy machine to notice that the process is gone.
      expect(performance.now() - from).toBeLessThan(2_500)
    },
  )
}

const sum = (values: Readonly<Record<string, number>>): number =>
  Object.values(values).reduce((total, value) => total + value, 0)
