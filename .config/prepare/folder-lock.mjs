// @ts-check
import { randomUUID } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from './problem.mjs'
import { say } from './talk.mjs'

const pollMs = 100
const beatMs = 1_000
/** A living process whose owner file has not been touched for so long is a stranger that reuses the process id. */
const silentMs = 30_000
/** How long an install may go on after the run that started it was killed. */
const orphanMs = 15 * 60_000

/** @typedef {{ id: string, pid: number, child?: number }} Owner */

/**
 * @typedef {object} FolderLock
 * @property {(pid: number) => Promise<void>} noteChild remembers a child, which a killed run would leave behind
 * @property {() => void} release
 */

/**
 * Waits until this process alone may change what the checkout holds.
 *
 * The lock is a folder that is moved into place with its owner already written in it, so nobody ever sees one
 * without an owner. The lock of a run that was killed is taken over once its child has ended, too.
 *
 * @param {string} folder
 * @param {AbortSignal} signal
 * @returns {Promise<FolderLock>}
 */
export async function acquireFolderLock(folder, signal) {
  const owner = { id: randomUUID(), pid: process.pid }
  const mine = `${folder}.${owner.id}`
  mkdirSync(mine, { recursive: true })
  writeOwner(mine, owner)
  try {
    await waitForTurn()
  } catch (error) {
    rmSync(mine, { recursive: true, force: true })
    throw error
  }
  const beat = setInterval(() => touch(ownerFile(folder)), beatMs).unref()
  return {
    noteChild: async pid => writeOwner(folder, { ...owner, child: pid }),
    release() {
      clearInterval(beat)
      if (readOwner(folder)?.id === owner.id) rmSync(folder, { recursive: true, force: true })
      removeLeftovers(folder)
    },
  }

  async function waitForTurn() {
    const watch = createWatch(folder)
    while (!takes(mine, folder)) {
      signal.throwIfAborted()
      const holder = readOwner(folder)
      if (holder !== undefined && watch.isAbandoned(holder)) removeLock(folder, holder)
      else await sleep(pollMs, undefined, { signal })
    }
  }
}

/**
 * Judges, from poll to poll, whether a lock's owner is gone.
 *
 * @param {string} folder
 */
function createWatch(folder) {
  const started = performance.now()
  let told = ''
  let lastBeat = { at: started, mtimeMs: 0, id: '' }

  /** @param {Owner} holder */
  function isAbandoned(holder) {
    const orphan = holder.child !== undefined && isAlive(holder.child)
    if (isAlive(holder.pid) && !isSilent(holder)) {
      tell(`another run (process ${holder.pid}) is preparing this checkout; waiting for it`)
      return false
    }
    if (!orphan) return true
    tell(`process ${holder.child}, left by a killed run, is still working here; waiting for it`)
    if (performance.now() - started < orphanMs) return false
    throw new Problem(
      `Process ${holder.child}, left by a killed run, does not end.`,
      `Look at it (\`ps -p ${holder.child} -o args\`), end it, delete ${folder} and run this again.`,
    )
  }

  /** @param {Owner} holder */
  function isSilent({ id }) {
    const mtimeMs = modifiedAt(ownerFile(folder))
    if (mtimeMs !== lastBeat.mtimeMs || id !== lastBeat.id) {
      lastBeat = { at: performance.now(), mtimeMs, id }
    }
    return performance.now() - lastBeat.at > silentMs
  }

  /** @param {string} line */
  function tell(line) {
    if (line !== told) say(line)
    told = line
  }

  return { isAbandoned }
}

/**
 * @param {string} mine
 * @param {string} folder
 */
function takes(mine, folder) {
  try {
    renameSync(mine, folder)
    return true
  } catch (error) {
    if (isCode(error, 'ENOTEMPTY', 'EEXIST')) return false
    throw error
  }
}

/**
 * Moves a dead owner's lock aside, under a name that only this owner's lock gets. The name stays taken until
 * somebody has worked and released, so a second waiter with the same idea cannot move away the new owner's lock.
 *
 * @param {string} folder
 * @param {Owner} dead
 */
function removeLock(folder, dead) {
  try {
    renameSync(folder, `${folder}.dead-${dead.id}`)
  } catch (error) {
    if (!isCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error
  }
}

/**
 * Removes the locks that were moved aside, and those that killed runs never got to move into place.
 *
 * @param {string} folder
 */
function removeLeftovers(folder) {
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.`)) continue
    const path = join(dirname(folder), name)
    const owner = readOwner(path)
    if (name.includes('.dead-') || (owner !== undefined && !isAlive(owner.pid))) {
      rmSync(path, { recursive: true, force: true })
    }
  }
}

/** @param {string} folder */
function ownerFile(folder) {
  return join(folder, 'owner.json')
}

/**
 * @param {string} folder
 * @param {Owner} owner
 */
function writeOwner(folder, owner) {
  const next = join(folder, 'next.json')
  writeFileSync(next, JSON.stringify(owner))
  renameSync(next, ownerFile(folder))
}

/**
 * @param {string} folder
 * @returns {Owner | undefined}
 */
function readOwner(folder) {
  try {
    return JSON.parse(readFileSync(ownerFile(folder), 'utf8'))
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** @param {string} path */
function touch(path) {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}

/** @param {string} path */
function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

/**
 * @param {unknown} error
 * @param {...string} codes
 */
function isCode(error, ...codes) {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
