// @ts-check
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * @typedef {object} RunOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} [env]
 * @property {AbortSignal} signal ends the child and everything it started
 * @property {boolean} [quiet] keep the output to ourselves
 * @property {(pid: number) => Promise<void>} [onStart]
 */

/**
 * Runs a command to its end. Both of its outputs go to our stderr and are returned.
 *
 * The child leads a process group of its own, so that an abort reaches what npm started, too.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<{ code: number, output: string }>} `code` is 127 when there is no such command
 */
export async function run(
  command,
  args,
  { cwd, env = process.env, signal, quiet = false, onStart },
) {
  signal.throwIfAborted()
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', chunk => {
      output += chunk
      if (!quiet) process.stderr.write(chunk)
    })
  }
  /** @type {Promise<number>} */
  const ended = new Promise(resolve => {
    child.on('error', error => resolve('code' in error && error.code === 'ENOENT' ? 127 : 126))
    child.on('close', code => resolve(code ?? 1))
  })
  const stop = () => void stopGroup(child.pid, ended)
  signal.addEventListener('abort', stop)
  try {
    if (child.pid !== undefined) await onStart?.(child.pid)
    const code = await ended
    signal.throwIfAborted()
    return { code, output }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/**
 * @param {number | undefined} pid
 * @param {Promise<number>} ended
 */
async function stopGroup(pid, ended) {
  if (pid === undefined) return
  signalGroup(pid, 'SIGTERM')
  const late = new AbortController()
  const inTime = await Promise.race([
    ended.then(() => true),
    sleep(1_000, false, { signal: late.signal }),
  ])
  late.abort()
  if (!inTime) signalGroup(pid, 'SIGKILL')
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch {
    // The group has ended by itself, which is what the signal was for.
  }
}
