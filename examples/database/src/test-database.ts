import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDatabase, type Database } from './launcher.ts'
import { migrate } from './migrate.ts'

/** Starts a database of its own for a test, with schema and seed; `stop` removes it. */
export async function startTestDatabase(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-database-'))
  // PostgreSQL may run as another user, who has to get through to its data.
  chmodSync(folder, 0o755)
  const database = await startDatabase({ folder })
  await migrate(database.url)
  const stop = async (): Promise<void> => {
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...database, stop, [Symbol.asyncDispose]: stop }
}
