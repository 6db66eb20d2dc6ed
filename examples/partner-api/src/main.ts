import { Pool } from 'pg'
import { createPartnerApi } from './app.ts'
import { connectQueue } from './queue.ts'
import { readSettings } from './settings.ts'

const CLOSE_TIMEOUT_MS = 5_000

const { port, databaseUrl, paymentsUrl } = readSettings(process.env)
const database = new Pool({ connectionString: databaseUrl, max: 10 })
const queue = await connectQueue(databaseUrl, error => app.log.error(error))
const app = createPartnerApi({ database, queue, paymentsUrl })
// A connection that breaks while nobody uses it is replaced at the next query.
database.on('error', error => app.log.warn(error))

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    const late = setTimeout(() => process.exit(1), CLOSE_TIMEOUT_MS)
    void app
      .close()
      .then(() => Promise.all([queue.stop({ graceful: false }), database.end()]))
      .then(() => clearTimeout(late))
  })
}

await app.listen({ port, host: '127.0.0.1' })
