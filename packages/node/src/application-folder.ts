import { realpathSync } from 'node:fs'
import { dirname, sep } from 'node:path'

/**
 * Folder of the script that this process runs, links followed; the working directory when it runs none, or one of a package, as
 * `fastify start` does.
 */
export function mainFolder(): string {
  const [, script] = process.argv
  if (script === undefined) return process.cwd()
  try {
    const folder = dirname(realpathSync(script))
    return folder.split(sep).includes('node_modules') ? process.cwd() : folder
  } catch {
    // `node -e`, or a path that Node will refuse in a moment: there is no script.
    return process.cwd()
  }
}
