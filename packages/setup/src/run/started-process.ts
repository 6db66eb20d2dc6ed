import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { endGroup, killGroup } from './process-group.ts'

/** A process that was started with a group of its own, and its output. */
export interface StartedProcess {
  /** Undefined where it could not be started. */
  readonly pid: number | undefined
  /** How it has ended, in words. Never rejects. */
  readonly ended: Promise<string>
  readonly hasEnded: () => boolean
  /** Why it could not be started. */
  readonly failure: () => NodeJS.ErrnoException | undefined
  /** What all of its group have written so far, both streams together. */
  readonly output: () => string
  /** Ends its group and all below it. Never rejects, and may be called again. */
  readonly stop: () => Promise<void>
}

/** How a process is started, and ended. */
export interface GroupOptions {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  /** How long it has to end by itself once it was asked to, in milliseconds. */
  readonly graceMs: number
}

/** Characters of output that are kept. */
const MAX_OUTPUT = 1_000_000
/** How long the last of the output may take. */
const DRAIN_MS = 1_000

/**
 * Starts a command as the leader of a group of its own, which is ended as a whole: keys of the terminal go to this process alone.
 * Should this process exit first, the group is killed.
 */
export function spawnGroup(
  [program = '', ...args]: readonly string[],
  { folder, env, graceMs }: GroupOptions,
): StartedProcess {
  const child = spawn(program, args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const { pid } = child
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-MAX_OUTPUT)
    })
  }
  let failure: NodeJS.ErrnoException | undefined
  let hasEnded = false
  const end = once(child, 'exit') as Promise<[code: number | null, by: NodeJS.Signals | null]>
  // What it wrote last may come after its end; what it has left behind may hold its streams open.
  const drained = new Promise(resolve => child.once('close', resolve))
  const ended = end
    .then(async ([code, by]) => {
      await Promise.race([drained, delay(DRAIN_MS, undefined, { ref: false })])
      return code === null ? `was ended by ${by}` : `ended with ${code}`
    })
    .catch((error: unknown) => {
      failure = error as NodeJS.ErrnoException
      return 'could not be started'
    })
    .finally(() => (hasEnded = true))
  const kill = (): void => (pid === undefined ? undefined : killGroup(pid))
  process.once('exit', kill)
  const stop = async (): Promise<void> => {
    if (pid !== undefined) await endGroup(pid, graceMs)
    await ended
    process.off('exit', kill)
    child.stdout.destroy()
    child.stderr.destroy()
  }
  let stopped: Promise<void> | undefined
  return {
    pid,
    ended,
    hasEnded: () => hasEnded,
    failure: () => failure,
    output: () => output,
    stop: () => (stopped ??= stop()),
  }
}
