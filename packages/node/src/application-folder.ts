import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'

/** Folder of the script that this process runs, links followed; the working directory when it runs none. */
export function mainFolder(): string {
  const [, script] = process.argv
  if (script === undefined) return process.cwd()
  try {
    return dirname(realpathSync(script))
  } catch {
    // `node -e`, or a path that Node will refuse in a moment: there is no script.
    return process.cwd()
  }
}
