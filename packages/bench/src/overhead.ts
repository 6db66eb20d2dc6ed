import { setTimeout as delay } from 'node:timers/promises'
import { load } from './load.ts'
import { spreadOf, type Spread } from './spread.ts'
import type { Testbed, Usage } from './testbed.ts'
import { BASE, OURS, PEER, VARIANTS } from './variants.ts'
import type { WorkerProcess } from './worker-process.ts'

/** How long to measure. */
export interface OverheadOptions {
  readonly testbed: Testbed
  readonly rounds: number
  readonly warmUpSeconds: number
  readonly say: (line: string) => void
}

/** What one variant costs on one route. */
export interface RouteCost {
  /** Microseconds of CPU a request, over all threads, exports included. */
  readonly cpuMicros: Spread
  /** CPU as a multiple of that without telemetry, round by round. */
  readonly ratio: Spread
  /** Microseconds more than without telemetry, round by round. */
  readonly addedMicros: Spread
  readonly spansPerRequest: number
  /** Resident memory after the last round, in MB. */
  readonly rssMb: number
}

/** The overhead of each variant, by route. */
export interface Overhead {
  readonly rounds: number
  readonly routes: Readonly<Record<string, Readonly<Record<string, RouteCost>>>>
  /** What ours adds as a multiple of what the lean set-up adds, round by round, by route. */
  readonly oursOverLean: Readonly<Record<string, Spread>>
}

const ROUTES = ['/hello', '/orders/7'] as const
const SLICE_SECONDS = 1
/** Until what a slice has left in the exporter's queue is sent: twice the schedule delay. */
const TRAILING_MS = 500

interface Slice {
  readonly cpuMicros: number
  readonly spans: number
  readonly rssMb: number
}

type Service = WorkerProcess<{ url: string }, Usage>

/**
 * Measures the CPU that each variant takes for a request.
 *
 * All variants are alive at once and take turns, in another order each round, so that what the machine does beside
 * hits them alike; a figure is compared only with those of its own round.
 */
export async function measureOverhead({
  testbed,
  rounds,
  warmUpSeconds,
  say,
}: OverheadOptions): Promise<Overhead> {
  await using undo = new AsyncDisposableStack()
  const services: (readonly [string, Service])[] = []
  for (const variant of VARIANTS) {
    services.push([variant.name, undo.use(await testbed.start(variant))])
  }
  const slices = new Map<string, Slice[]>()
  for (const route of ROUTES) {
    say(`warming up ${services.length} variants on ${route}`)
    for (const [, service] of services) await load(service.ready.url + route, warmUpSeconds)
    await delay(TRAILING_MS)
    for (let round = 1; round <= rounds; round += 1) {
      say(`${route}: round ${round} of ${rounds}`)
      for (const [name, service] of shuffle(services)) {
        const key = `${route} ${name}`
        slices.set(key, [...(slices.get(key) ?? []), await measureSlice(testbed, service, route)])
      }
    }
  }
  return summarise(rounds, (route, name) => slices.get(`${route} ${name}`) ?? [])
}

async function measureSlice(testbed: Testbed, service: Service, route: string): Promise<Slice> {
  const [spansBefore, before] = [await testbed.countSpans(), await service.ask()]
  const requests = await load(service.ready.url + route, SLICE_SECONDS)
  await delay(TRAILING_MS)
  const [after, spansAfter] = [await service.ask(), await testbed.countSpans()]
  return {
    cpuMicros: (after.cpuMicros - before.cpuMicros) / requests,
    spans: (spansAfter - spansBefore) / requests,
    rssMb: after.rssBytes / 1e6,
  }
}

function summarise(
  rounds: number,
  slicesOf: (route: string, name: string) => readonly Slice[],
): Overhead {
  const costOf = (route: string, name: string): RouteCost => {
    const own = slicesOf(route, name)
    const base = slicesOf(route, BASE)
    return {
      cpuMicros: spreadOf(own.map(slice => slice.cpuMicros)),
      ratio: spreadOf(own.map((slice, round) => slice.cpuMicros / cpuOf(base, round))),
      addedMicros: spreadOf(own.map((slice, round) => slice.cpuMicros - cpuOf(base, round))),
      spansPerRequest: spreadOf(own.map(slice => slice.spans)).median,
      rssMb: own.at(-1)?.rssMb ?? Number.NaN,
    }
  }
  const oursOverLean = (route: string): Spread => {
    const [base, lean, ours] = [BASE, PEER, OURS].map(name => slicesOf(route, name))
    return spreadOf(
      (base ?? []).map(
        ({ cpuMicros }, round) =>
          (cpuOf(ours, round) - cpuMicros) / (cpuOf(lean, round) - cpuMicros),
      ),
    )
  }
  return {
    rounds,
    routes: Object.fromEntries(
      ROUTES.map(route => [
        route,
        Object.fromEntries(VARIANTS.map(({ name }) => [name, costOf(route, name)])),
      ]),
    ),
    oursOverLean: Object.fromEntries(ROUTES.map(route => [route, oursOverLean(route)])),
  }
}

const cpuOf = (slices: readonly Slice[] | undefined, round: number): number =>
  slices?.[round]?.cpuMicros ?? Number.NaN

function shuffle<T>(values: readonly T[]): T[] {
  return values
    .map(value => ({ value, order: Math.random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ value }) => value)
}
