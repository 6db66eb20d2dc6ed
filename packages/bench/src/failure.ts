import { BEHAVIOURS, type Behaviour } from '@throughline/checks/misbehaving-collector'
import { prepareApp, startApp } from '../../next/e2e/fixture-app.ts'
import {
  describeApp,
  loadUntil,
  QUIET,
  readHealth,
  startCollectors,
  startFastify,
  type FailingApp,
} from './failing-app.ts'
import { quantileOf, spreadOf, type Spread } from './spread.ts'
import type { Testbed } from './testbed.ts'

/** What a collector that misbehaves costs an application, beside one whose collector is healthy. */
export interface FailureCost {
  readonly rounds: number
  /** By application, then by what its collector does; in `healthy` both have a healthy one: what that differs by is noise. */
  readonly apps: Readonly<Record<string, Readonly<Partial<Record<Behaviour, BehaviourCost>>>>>
}

/** The cost of one behaviour. */
export interface BehaviourCost {
  /** Milliseconds to the end of an answer, round by round. */
  readonly p50: Spread
  readonly p99: Spread
  /** As a multiple of that with a healthy collector, round by round. */
  readonly p99Ratio: Spread
  readonly requests: number
  readonly failed: number
  /** Resident memory in the end, in MB, and how much more than with a healthy collector. */
  readonly rssMb: number
  readonly addedRssMb: number
  /** From SIGTERM to the end of the process, in milliseconds. */
  readonly endMs: number
  /** Lost spans by reason. */
  readonly dropped: Readonly<Record<string, number>>
}

/** How long to measure. */
export interface FailureOptions {
  readonly testbed: Testbed
  readonly rounds: number
  readonly say: (line: string) => void
}

type Start = (environment: Readonly<Record<string, string>>) => Promise<FailingApp>

const WARM_UP_MS = 2_000
const SLICE_MS = 1_000

/**
 * Measures what each behaviour of a collector costs an application of Fastify and one of Next.js.
 *
 * Both routes make a query and a fetch. For each behaviour two processes start, one with a healthy collector, and take
 * turns under full load. Settings are the defaults, timeouts and queue included.
 */
export async function measureFailure({
  testbed,
  rounds,
  say,
}: FailureOptions): Promise<FailureCost> {
  await using undo = new AsyncDisposableStack()
  const collectors = undo.use(await startCollectors())
  say('building the application of Next.js')
  const prepared = await prepareApp({
    next: 16,
    bundler: 'turbopack',
    mode: 'start',
    way: 'register',
  })
  undo.defer(() => prepared.remove())
  const starts: Readonly<Record<string, Start>> = {
    Fastify: startFastify,
    async 'Next.js'(environment) {
      const app = await startApp(prepared, 'register', { ...QUIET, ...environment })
      return describeApp(app, `${app.url}/api/item/7`, app.metricsUrl)
    },
  }

  const measure = async (start: Start, behaviour: Behaviour): Promise<BehaviourCost> => {
    await using running = new AsyncDisposableStack()
    const startWith = async (collector: string): Promise<FailingApp> => {
      const environment = { ...testbed.environment, OTEL_EXPORTER_OTLP_ENDPOINT: collector }
      const app = running.use(await start(environment))
      testbed.pin(app.pid)
      return app
    }
    await collectors.ask(behaviour)
    const healthy = await startWith(collectors.ready.healthy)
    const failing = await startWith(collectors.ready.bad)
    for (const app of [healthy, failing]) await loadFor(app, WARM_UP_MS)

    const slices = new Map<FailingApp, Slice[]>([
      [healthy, []],
      [failing, []],
    ])
    for (let round = 0; round < rounds; round += 1) {
      const order = Math.random() < 0.5 ? [healthy, failing] : [failing, healthy]
      for (const app of order) slices.get(app)?.push(await loadFor(app, SLICE_MS))
    }
    const [own, base] = [slices.get(failing) ?? [], slices.get(healthy) ?? []]
    const { rssMb, dropped } = await readHealth(failing.metricsUrl)
    return {
      p50: spreadOf(own.map(({ p50 }) => p50)),
      p99: spreadOf(own.map(({ p99 }) => p99)),
      p99Ratio: spreadOf(own.map(({ p99 }, round) => p99 / (base[round]?.p99 ?? Number.NaN))),
      requests: own.reduce((sum, { requests }) => sum + requests, 0),
      failed: own.reduce((sum, { failed }) => sum + failed, 0),
      rssMb,
      addedRssMb: rssMb - (await readHealth(healthy.metricsUrl)).rssMb,
      endMs: await failing.end(),
      dropped,
    }
  }

  const apps: Record<string, Partial<Record<Behaviour, BehaviourCost>>> = {}
  for (const [name, start] of Object.entries(starts)) {
    const costs: Partial<Record<Behaviour, BehaviourCost>> = {}
    for (const behaviour of BEHAVIOURS) {
      say(`${name}: a collector that is or does "${behaviour}"`)
      costs[behaviour] = await measure(start, behaviour)
    }
    apps[name] = costs
  }
  return { rounds, apps }
}

interface Slice {
  readonly p50: number
  readonly p99: number
  readonly requests: number
  readonly failed: number
}

async function loadFor({ url }: FailingApp, durationMs: number): Promise<Slice> {
  const until = performance.now() + durationMs
  const { latencies, failed } = await loadUntil(url, () => performance.now() >= until)
  const sorted = latencies.toSorted((a, b) => a - b)
  return {
    p50: quantileOf(sorted, 0.5),
    p99: quantileOf(sorted, 0.99),
    requests: latencies.length + failed,
    failed,
  }
}
