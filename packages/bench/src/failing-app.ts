import { Agent, get } from 'node:http'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@throughline-example/database'
import { readMetricsPage } from '@throughline/checks/metrics-page'
import type { Behaviour, Counts } from '@throughline/checks/misbehaving-collector'
import {
  METRIC_PROCESS_RESIDENT_MEMORY,
  METRIC_THROUGHLINE_SPANS_DROPPED,
  METRIC_V8JS_MEMORY_HEAP_USED,
} from '@throughline/conventions'
import { startFixture } from '../../node/e2e/fixture-app.ts'
import { startWorker, type WorkerProcess } from './worker-process.ts'

/** An application whose collector fails. */
export interface FailingApp extends AsyncDisposable {
  /** Where the measured route is. */
  readonly url: string
  readonly metricsUrl: string
  readonly pid: number
  /** Sends SIGTERM; gives how long it took to end, in milliseconds. */
  end(): Promise<number>
}

/** What an application says of itself. */
export interface Health {
  readonly rssMb: number
  readonly heapMb: number
  /** Lost spans by reason. */
  readonly dropped: Readonly<Record<string, number>>
}

/** What a moment of load has seen. */
export interface Loaded {
  /** Milliseconds from sending a request to the end of its answer. */
  readonly latencies: readonly number[]
  readonly failed: number
}

/** Environment of every application: defaults but for the lines of its log, which the benchmark would have to read. */
export const QUIET: Readonly<Record<string, string>> = {
  NODE_ENV: 'production',
  THROUGHLINE_REQUEST_LOG: 'off',
}

const CONNECTIONS = 16

/** Starts the Fastify application whose route makes a query and a fetch. */
export async function startFastify(
  environment: Readonly<Record<string, string>>,
): Promise<FailingApp> {
  const metricsPort = await findFreePort()
  const app = await startFixture('fastify-app.mjs', {
    environment: { ...QUIET, ...environment, THROUGHLINE_METRICS_PORT: String(metricsPort) },
  })
  return describeApp(app, `${app.url}/items/7`, `http://127.0.0.1:${metricsPort}/metrics`)
}

/** What the benchmark wants to know of a running application. */
export function describeApp(
  app: Pick<FailingApp, 'pid'> & {
    kill(signal: NodeJS.Signals): void
    readonly ended: Promise<unknown>
  } & AsyncDisposable,
  url: string,
  metricsUrl: string,
): FailingApp {
  return {
    url,
    metricsUrl,
    pid: app.pid,
    async end() {
      const from = performance.now()
      app.kill('SIGTERM')
      await app.ended
      return performance.now() - from
    },
    [Symbol.asyncDispose]: () => Promise.resolve(app[Symbol.asyncDispose]()),
  }
}

/** Starts a healthy collector and one that is told how to behave, which answers with what it has seen. */
export function startCollectors(): Promise<
  WorkerProcess<{ healthy: string; bad: string }, Counts> & {
    ask(behaviour?: Behaviour): Promise<Counts>
  }
> {
  const args = [fileURLToPath(new URL('apps/bad-collectors.mjs', import.meta.url))]
  return startWorker({ args })
}

/** Loads `url` over 16 connections until `isOver`. Never rejects: a request without its answer counts as failed. */
export async function loadUntil(url: string, isOver: () => boolean): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const latencies: number[] = []
  let failed = 0
  const work = async (): Promise<void> => {
    while (!isOver()) {
      const from = performance.now()
      if (await ask(url, agent)) latencies.push(performance.now() - from)
      else failed += 1
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  agent.destroy()
  return { latencies, failed }
}

/** Whether the answer is a whole one of 200. */
async function ask(url: string, agent: Agent): Promise<boolean> {
  return new Promise(resolve => {
    get(url, { agent }, response => {
      response.on('close', () => resolve(response.complete && response.statusCode === 200))
      response.resume().on('error', () => undefined)
    }).on('error', () => resolve(false))
  })
}

/** Asks an application for its memory and its lost spans. */
export async function readHealth(metricsUrl: string): Promise<Health> {
  const page = await readMetricsPage(metricsUrl)
  const megabytes = (name: string): number =>
    page.filter(sample => sample.name === name).reduce((sum, { value }) => sum + value, 0) / 1e6
  return {
    rssMb: megabytes(METRIC_PROCESS_RESIDENT_MEMORY.name),
    heapMb: megabytes(METRIC_V8JS_MEMORY_HEAP_USED.name),
    dropped: Object.fromEntries(
      page
        .filter(({ name }) => name === METRIC_THROUGHLINE_SPANS_DROPPED.name)
        .map(({ labels, value }) => [labels['reason'] ?? '', value]),
    ),
  }
}
