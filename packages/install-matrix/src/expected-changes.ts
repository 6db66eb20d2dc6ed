import type { App } from './app.ts'
import { isLockFile } from './listing.ts'

/** Throws when `init` changed more files than it says it does. */
export function checkChanges({ mostFiles }: App, changed: readonly string[]): void {
  const files = changed.filter(path => !isLockFile(path) && path !== 'ownership.yaml')
  if (!changed.includes('ownership.yaml')) throw new Error('init drafted no ownership.yaml')
  if (files.length > mostFiles) {
    throw new Error(`init changed ${files.length} files: ${files.join(', ')}`)
  }
}
