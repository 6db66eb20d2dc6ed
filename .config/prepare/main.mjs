// @ts-check
import { mkdirSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { checkPlatform, thisMachine } from './environment.mjs'
import { acquireFolderLock } from './folder-lock.mjs'
import { checkPinnedNode, install } from './install.mjs'
import { Problem } from './problem.mjs'
import { say } from './talk.mjs'

/**
 * @typedef {object} Context
 * @property {string} root
 * @property {AbortSignal} signal aborted by Ctrl-C
 * @property {import('./folder-lock.mjs').FolderLock} lock
 */

/**
 * Makes the checkout ready to run; exits with 1 and says what is missing where it cannot.
 *
 * @param {readonly string[]} args `--install-only` leaves the packages as they were built last
 */
export async function main(args) {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const stopped = stopOnSignals()
  try {
    checkPlatform(thisMachine())
    mkdirSync(join(root, '.throughline'), { recursive: true })
    const lock = await acquireFolderLock(join(root, '.throughline', 'prepare.lock'), stopped.signal)
    try {
      const context = { root, signal: stopped.signal, lock }
      await install(context)
      await checkPinnedNode(context)
      if (!args.includes('--install-only')) await build(context)
    } finally {
      lock.release()
    }
  } catch (error) {
    process.exitCode = report(error, stopped.signal)
  }
  stopped.dispose()
}

/** Turns the first Ctrl-C, and the other polite ways to end a process, into an abort. */
function stopOnSignals() {
  const controller = new AbortController()
  const names = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  /** @param {NodeJS.Signals} name */
  const stop = name => controller.abort(name)
  for (const name of names) process.on(name, stop)
  return {
    signal: controller.signal,
    dispose() {
      for (const name of names) process.off(name, stop)
    },
  }
}

/**
 * @param {unknown} error
 * @param {AbortSignal} signal
 * @returns {number} the exit code
 */
function report(error, signal) {
  if (signal.aborted) {
    say('stopped; the next run takes up from here')
    return 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal.reason)]
  }
  if (!(error instanceof Problem)) throw error
  say(error.message)
  process.stderr.write(`  ${error.fix}\n`)
  return 1
}
