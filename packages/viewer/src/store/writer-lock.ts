import { DatabaseSync } from 'node:sqlite'
import { ThroughlineError } from '@throughline/conventions'

const SQLITE_BUSY = 5

/**
 * Takes the place of the only writer of a store, until it is disposed or the process is gone. Throws a {@link ThroughlineError} when another has it.
 *
 * It is SQLite's lock on a file of its own beside the store, which the system takes back from a process that died.
 */
export function lockForWriting(path: string): Disposable {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(`${path}-writer`)
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    lock?.close()
    if (!isBusy(error)) throw unlockable(path, error)
    throw new ThroughlineError(`${path} is open in another viewer`, {
      code: 'STORE_IN_USE',
      fix: 'Stop the other viewer, or name another file.',
      cause: error,
    })
  }
  const held = lock
  return { [Symbol.dispose]: () => held.close() }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}

function unlockable(path: string, cause: unknown): ThroughlineError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new ThroughlineError(`${path}-writer cannot be made beside the store: ${reason}`, {
    code: 'STORE_UNUSABLE',
    fix: 'Name a file in a folder that exists and can be written to.',
    cause,
  })
}
