import type { App } from './app.ts'
import { isLockFile } from './listing.ts'

/** How many files of a service `init` may touch; its lock file and the catalog are beside them. */
const MOST_FILES = 3

/** Throws when `init` changed more files than it says it does. */
export function checkChanges({ services }: App, changed: readonly string[]): void {
  const files = changed.filter(path => !isLockFile(path) && path !== 'ownership.yaml')
  if (!changed.includes('ownership.yaml')) throw new Error('init drafted no ownership.yaml')
  if (files.length > MOST_FILES * services.length) {
    throw new Error(`init changed ${files.length} files: ${files.join(', ')}`)
  }
}
