import { setTimeout as delay } from 'node:timers/promises'
import type { Behaviour } from '@throughline/checks/misbehaving-collector'
import {
  loadUntil,
  readHealth,
  startCollectors,
  startFastify,
  type Health,
  type Loaded,
} from '../failing-app.ts'
import { startTestbed } from '../testbed.ts'

/** What the heap's own ups and downs may be. That many minutes of spans, kept, would be gigabytes. */
export const MAX_GROWTH_MB = 100
const WARM_UP_MS = 20_000
const TURN_MS = 30_000
export const MAX_END_MS = 2_000
/** A server span, a query and a fetch. */
const SPANS_PER_REQUEST = 3
/** An attempt that never gets an answer, and the longest pause after it. */
const RECOVERY_MS = 20_000

/**
 * Loads a Fastify application as fast as it goes while its collector refuses connections and never answers, in turns of
 * half a minute; then the collector comes back. Gives what did not hold.
 */
export async function soakCollectorOutage(
  outageMinutes: number,
  say: (line: string) => void,
): Promise<string[]> {
  await using testbed = await startTestbed()
  await using collectors = await startCollectors()
  await using app = await startFastify({
    ...testbed.environment,
    OTEL_EXPORTER_OTLP_ENDPOINT: collectors.ready.bad,
  })
  testbed.pin(app.pid)
  const problems: string[] = []
  let [requests, failed] = [0, 0]
  const count = (loaded: Loaded): void => {
    requests += loaded.latencies.length + loaded.failed
    failed += loaded.failed
  }
  const loadFor = async (durationMs: number): Promise<void> => {
    const until = performance.now() + durationMs
    count(await loadUntil(app.url, () => performance.now() >= until))
  }
  const tell = (when: string, { rssMb, heapMb, dropped }: Health): void => {
    const lost = Object.entries(dropped).map(([reason, spans]) => `${reason} ${spans}`)
    say(
      `${when}: RSS ${rssMb.toFixed(0)} MB, heap ${heapMb.toFixed(0)} MB, ` +
        `${requests} requests, ${failed} failed; spans lost: ${lost.join(', ') || 'none'}`,
    )
  }

  await loadFor(WARM_UP_MS)
  tell('healthy', await readHealth(app.metricsUrl))

  const turns = Math.ceil((outageMinutes * 60_000) / TURN_MS)
  let baseMb = Number.NaN
  for (let turn = 0; turn < turns; turn += 1) {
    const behaviour: Behaviour = turn % 2 === 0 ? 'never answers' : 'refuses'
    await collectors.ask(behaviour)
    await loadFor(TURN_MS)
    const health = await readHealth(app.metricsUrl)
    tell(`minute ${((turn + 1) / 2).toFixed(1)}, ${behaviour}`, health)
    if (turn === 0) baseMb = health.rssMb
    else if (health.rssMb - baseMb > MAX_GROWTH_MB)
      problems.push(`RSS grew from ${baseMb.toFixed(0)} to ${health.rssMb.toFixed(0)} MB`)
  }

  await collectors.ask('healthy')
  const open = async (): Promise<number> => {
    const { taken } = await collectors.ask()
    const { dropped } = await readHealth(app.metricsUrl)
    const lost = Object.values(dropped).reduce((sum, spans) => sum + spans, 0)
    return requests * SPANS_PER_REQUEST - taken - lost
  }
  const from = performance.now()
  while ((await open()) !== 0 && performance.now() - from < RECOVERY_MS) await delay(100)
  tell(
    `healthy again, ${((performance.now() - from) / 1_000).toFixed(1)} s later`,
    await readHealth(app.metricsUrl),
  )
  const left = await open()
  if (left !== 0) problems.push(`${left} spans were neither taken nor counted as lost`)
  if (failed > 0) problems.push(`${failed} of ${requests} requests failed`)

  await collectors.ask('never answers')
  await loadFor(1_000)
  const endMs = await app.end()
  say(`SIGTERM, while it never answers: ended after ${endMs.toFixed(0)} ms`)
  if (endMs > MAX_END_MS) problems.push(`it took ${endMs.toFixed(0)} ms to end`)
  return problems
}
