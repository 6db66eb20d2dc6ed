import { join } from 'node:path'
import { migrate, startDatabase } from './index.ts'

// Runs the database in the foreground until Ctrl-C, for work on a single example.
const folder = join(import.meta.dirname, '..', '..', '..', '.throughline', 'database')
const database = await startDatabase({ folder, port: Number(process.env['PORT'] ?? 5433) })
await migrate(database.url)
console.log(`DATABASE_URL=${database.url}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void database.stop().then(() => process.exit(0)))
}
// Nothing else keeps this process alive.
setInterval(() => undefined, 1 << 30)
