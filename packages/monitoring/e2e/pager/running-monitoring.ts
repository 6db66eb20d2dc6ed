import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startAlertmanager } from '@throughline/checks/alertmanager'
import { startPrometheus, type Prometheus } from '@throughline/checks/prometheus'
import type { OutputFile } from '../../src/output-file.ts'
import { localizeRouting } from './local-routing.ts'
import { startReceivers, type Delivery } from './receivers.ts'

/** How often metrics are scraped and rules evaluated, where a rule does not say so itself. */
const INTERVAL_SECONDS = 2

/** Prometheus and Alertmanager with generated files, and whomever they tell. Disposing ends all. */
export interface Monitoring extends AsyncDisposable {
  readonly prometheus: Prometheus
  readonly deliveries: readonly Delivery[]
  /** Resolves to the first delivery that is as wanted; rejects with what was delivered, and with what is about to be. */
  waitForDelivery(isWanted: (delivery: Delivery) => boolean, timeoutMs: number): Promise<Delivery>
}

/** What is watched, and by what. */
export interface MonitoringOptions {
  readonly files: readonly OutputFile[]
  /** Ports with `/metrics`, by job. */
  readonly metrics: Readonly<Record<string, number>>
  /** Folder to write files to. */
  readonly folder: string
}

/** Starts Prometheus and Alertmanager with the rules and the routing among `files`. */
export async function startMonitoring({
  files,
  metrics,
  folder,
}: MonitoringOptions): Promise<Monitoring> {
  await using undo = new AsyncDisposableStack()
  const receivers = undo.use(await startReceivers())
  const routing = files.find(({ path }) => path === 'alerts/alertmanager.yaml')?.text ?? ''
  const alertmanager = undo.use(
    await startAlertmanager(await localizeRouting(routing, receivers.url, folder)),
  )
  const prometheus = undo.use(
    await startPrometheus({
      targets: Object.fromEntries(
        Object.entries(metrics).map(([job, port]) => [job, [`127.0.0.1:${port}`]]),
      ),
      ruleFiles: await writeFiles(
        files.filter(({ path }) => path.endsWith('.rules.yaml')),
        folder,
      ),
      alertmanagerUrl: alertmanager.url,
      intervalSeconds: INTERVAL_SECONDS,
    }),
  )
  const running = undo.move()
  return {
    prometheus,
    deliveries: receivers.deliveries,
    async waitForDelivery(isWanted, timeoutMs) {
      const deadline = Date.now() + timeoutMs
      while (Date.now() < deadline) {
        const found = receivers.deliveries.find(isWanted)
        if (found !== undefined) return found
        await delay(200)
      }
      const active = await prometheus.alerts()
      throw new Error(
        [
          `nothing that was wanted was delivered within ${timeoutMs} ms, but:`,
          ...receivers.deliveries.map(delivery => JSON.stringify(delivery)),
          'and active are:',
          ...active.map(({ state, labels }) => `${state} ${JSON.stringify(labels)}`),
        ].join('\n'),
      )
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

async function writeFiles(files: readonly OutputFile[], folder: string): Promise<string[]> {
  const written: string[] = []
  for (const { path, text } of files) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    written.push(file)
  }
  return written
}
