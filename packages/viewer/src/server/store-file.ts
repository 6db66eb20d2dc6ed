import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where a viewer keeps what it gets. */
export interface StoreFile {
  readonly path: string
  /** Removes it, where it is a temporary one. */
  remove(): void
}

const PREFIX = 'throughline-view-'

/** The given file, else a temporary one in a folder that names this process. */
export function chooseStoreFile(given: string | undefined): StoreFile {
  if (given !== undefined) return { path: given, remove: () => undefined }
  removeLeftovers()
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  return { path: join(folder, 'store.sqlite'), remove: () => removeFolder(folder) }
}

/** Removes what viewers left that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? []
    if (pid !== undefined && !isRunning(Number(pid))) removeFolder(join(tmpdir(), name))
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Another user's process may not be asked, but it is there.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // Another user's, or held open: the next viewer tries again.
  }
}
