import { setTimeout as delay } from 'node:timers/promises'
import { ThroughlineError } from '@throughline/conventions'
import type { App, Project } from '../project/project.ts'
import { createAppEnvironment } from './app-environment.ts'
import { findMovedMetrics, lastLines, type MetricsPlace, saysCrashed } from './app-output.ts'
import { findAppAddress } from './app-address.ts'
import { findFreePorts } from './free-ports.ts'
import { spawnGroup, type StartedProcess } from './started-process.ts'

/** Options of {@link startApp}. */
export interface StartAppOptions {
  /** Script of its package.json. */
  readonly script: string
  /** Where its spans go, as `OTEL_EXPORTER_OTLP_ENDPOINT` takes it. */
  readonly endpoint: string
  /** Its environment, but for what has to be another. @default that of this process */
  readonly env?: NodeJS.ProcessEnv | undefined
  /** Ends it, also while it starts. */
  readonly signal?: AbortSignal | undefined
  /** How long it may take to listen, in milliseconds. @default 90 000, as a first `next dev` may need them */
  readonly listenTimeoutMs?: number
  /** How long it has to end by itself once it was asked to, in milliseconds. @default 5 000 */
  readonly graceMs?: number
}

/** An application that was started by its script, and listens. */
export interface RunningApp extends AsyncDisposable {
  /** Address that it listens at, without a slash at its end. */
  readonly url: string
  /** Command that has started it. */
  readonly command: string
  /** Address of its metrics, if it serves any. */
  readonly metricsUrl: () => string
  /** All that it and its package manager have written so far, both streams together. */
  readonly output: () => string
  /** Ends it with all that it has started. Never rejects, and may be called again. */
  readonly stop: () => Promise<void>
}

const LISTEN_TIMEOUT_MS = 90_000
const GRACE_MS = 5_000
const POLL_MS = 100

/**
 * Starts an application as its developer does, `npm run dev`, with its spans sent here, and resolves when it listens.
 *
 * Rejects with a ThroughlineError that has the end of its output where it does not: PACKAGE_MANAGER_MISSING, APP_ENDED or
 * APP_NOT_LISTENING; with the reason of `signal` where that is aborted. Nothing of it is left running then.
 */
export async function startApp(
  app: App,
  { packageManager: { name } }: Project,
  {
    script,
    endpoint,
    env = process.env,
    signal,
    listenTimeoutMs = LISTEN_TIMEOUT_MS,
    graceMs = GRACE_MS,
  }: StartAppOptions,
): Promise<RunningApp> {
  signal?.throwIfAborted()
  const [port = 0, metricsPort = 0] = await findFreePorts(2)
  const command = `${name} run ${script}`
  const started = spawnGroup([name, 'run', script], {
    folder: app.folder,
    env: createAppEnvironment(env, { endpoint, port, metricsPort }),
    graceMs,
  })
  const onAbort = (): void => void started.stop()
  signal?.addEventListener('abort', onAbort)
  void started.ended.then(() => signal?.removeEventListener('abort', onAbort))
  const moved = (): readonly MetricsPlace[] => findMovedMetrics(started.output())
  try {
    const url = await untilListening(started, {
      command,
      port,
      metricsPorts: () => [metricsPort, ...moved().map(({ url: at }) => Number(new URL(at).port))],
      deadline: Date.now() + listenTimeoutMs,
      signal,
    })
    const metricsUrl = (): string =>
      moved().findLast(({ service }) => service === app.service)?.url ??
      `http://127.0.0.1:${metricsPort}/metrics`
    const { output, stop } = started
    return { url, command, metricsUrl, output, stop, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await started.stop()
    signal?.throwIfAborted()
    throw error
  }
}

interface Waiting {
  readonly command: string
  readonly port: number
  readonly metricsPorts: () => readonly number[]
  readonly deadline: number
  readonly signal: AbortSignal | undefined
}

async function untilListening(
  started: StartedProcess,
  { command, port, metricsPorts, deadline, signal }: Waiting,
): Promise<string> {
  const { pid, output } = started
  if (pid === undefined) throw endedEarly(command, started, await started.ended)
  const find = findAppAddress({ leader: pid, port, metricsPorts, output })
  for (;;) {
    signal?.throwIfAborted()
    if (started.hasEnded()) throw endedEarly(command, started, await started.ended)
    const url = await find()
    if (url !== undefined) return url
    if (saysCrashed(started.output())) throw endedEarly(command, started, 'waits for a change')
    if (Date.now() > deadline) throw notListening(command, started)
    await delay(POLL_MS)
  }
}

function endedEarly(command: string, started: StartedProcess, how: string): ThroughlineError {
  const failure = started.failure()
  if (failure?.code === 'ENOENT') {
    return new ThroughlineError(`${command} could not be started: there is no such command`, {
      code: 'PACKAGE_MANAGER_MISSING',
      fix: `install ${command.split(' ', 1)[0]}, or run this where it is`,
      cause: failure,
    })
  }
  return new ThroughlineError(
    joinLines(`${command} ${how} before it listened`, lastLines(started.output())),
    { code: 'APP_ENDED', fix: `run ${command} by itself, and mend what it says`, cause: failure },
  )
}

function notListening(command: string, started: StartedProcess): ThroughlineError {
  return new ThroughlineError(
    joinLines(`${command} runs, and listens nowhere`, lastLines(started.output())),
    { code: 'APP_NOT_LISTENING', fix: `run ${command} by itself, and see what it waits for` },
  )
}

const joinLines = (...parts: readonly string[]): string =>
  parts.filter(part => part !== '').join('\n')
