import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

const READY_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 5_000
const KEPT_LINES = 40

/** How to start one service of the demo. */
export interface ServiceCommand {
  readonly name: string
  readonly folder: string
  /** Arguments of node. */
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Address that answers 2xx once the service is ready. */
  readonly readyUrl: string
  /** Gets all that the service writes, as it comes. */
  readonly onOutput?: (text: string) => void
}

/** How a process ended: by its exit code, or by a signal. */
export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** One running service. */
export interface ServiceProcess {
  readonly name: string
  readonly pid: number
  /** Last lines that it wrote, oldest first. */
  recentOutput(): string
  /** Rejects when the process ends before {@link stop} is called. */
  readonly failed: Promise<never>
  /** Ends it by SIGTERM, and by SIGKILL what is left of its group after five seconds. */
  stop(): Promise<Ending>
}

/**
 * Starts a service in a process group of its own and resolves when it is ready; rejects with its last output when it
 * ends or stays silent instead. `onSpawn` gets its process id at once.
 */
export async function startService(
  command: ServiceCommand,
  signal: AbortSignal,
  onSpawn: (pid: number) => void = () => undefined,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, command.args, {
    cwd: command.folder,
    env: { ...process.env, ...command.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const service = describe(command, child)
  onSpawn(service.pid)
  try {
    await Promise.race([service.failed, becomeReady(command, signal)])
    return service
  } catch (error) {
    await service.stop()
    throw error
  }
}

function describe({ name, onOutput }: ServiceCommand, child: ChildProcess): ServiceProcess {
  const lines: string[] = []
  let stopping = false
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      onOutput?.(text)
      lines.push(...text.split('\n').filter(line => line !== ''))
      lines.splice(0, lines.length - KEPT_LINES)
    })
  }
  const recentOutput = (): string => lines.join('\n')
  const exited = once(child, 'exit')
  const failed = exited.then(([code, signal]: unknown[]) => {
    if (stopping) return new Promise<never>(() => undefined)
    throw new Error(
      `${name} ended by itself (${String(signal ?? code)}). Its last lines:\n${recentOutput()}`,
    )
  })
  // Whoever waits for readiness hears of it; later nobody may be waiting, and it is no crash of the demo's.
  failed.catch(() => undefined)
  const pid = child.pid ?? 0
  return {
    name,
    pid,
    recentOutput,
    failed,
    async stop() {
      const hasEnded = child.exitCode !== null || child.signalCode !== null
      if (!hasEnded) {
        stopping = true
        signalGroup(pid, 'SIGTERM')
        const late = AbortSignal.timeout(STOP_TIMEOUT_MS)
        await Promise.race([exited, once(late, 'abort')])
        signalGroup(pid, 'SIGKILL')
        await exited
      }
      return { code: child.exitCode, signal: child.signalCode }
    },
  }
}

/** Signals a process and its children; one that is gone already is what was wanted. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function becomeReady({ name, readyUrl }: ServiceCommand, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (Date.now() < deadline) {
    signal.throwIfAborted()
    const answer = await fetch(readyUrl, { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    )
    await answer?.body?.cancel()
    if (answer?.ok === true) return
    await delay(100, undefined, { signal })
  }
  throw new Error(`${name} did not answer at ${readyUrl} within ${READY_TIMEOUT_MS / 1000} s`)
}
