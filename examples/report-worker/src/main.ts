import { once } from 'node:events'
import { Pool } from 'pg'
import { PgBoss, type Job } from 'pg-boss'
import { createHealthServer } from './health.ts'
import { runJob } from './job.ts'
import { readSettings } from './settings.ts'

const QUEUE = 'reports'
const STOP_TIMEOUT_MS = 4_000

const { port, databaseUrl, paymentsUrl, chooseReportSeconds } = readSettings(process.env)
const database = new Pool({ connectionString: databaseUrl, max: 4 })
// A connection that breaks while nobody uses it is replaced at the next query.
database.on('error', error => console.error(error))
const boss = new PgBoss({
  connectionString: databaseUrl,
  max: 4,
  // A job continues the trace of the request that sent it.
  openTelemetry: { propagateContext: true },
  useListenNotify: true,
  // Nothing is due by the clock here; the queue for that would only stand in the metrics, owned by nobody.
  schedule: false,
})
boss.on('error', error => console.error(error))
await boss.start()
await boss.createQueue(QUEUE, { notify: true, retryLimit: 2, retryDelay: 1, expireInSeconds: 300 })

const stopping = new AbortController()
await boss.work<{ reportId: string }>(
  QUEUE,
  // Only a new job is notified of. One that is due again after its delay has to be looked for: by default each 30 s.
  { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 },
  async ([job]: Job<{ reportId: string }>[]) => {
    if (job === undefined) return
    const signal = AbortSignal.any([stopping.signal, job.signal])
    await runJob(job.data.reportId, {
      database,
      paymentsUrl,
      seconds: chooseReportSeconds(),
      signal,
    })
  },
)

const health = createHealthServer().listen(port, '127.0.0.1')
await once(health, 'listening')
console.log(`report-worker waits for jobs; its health is at http://127.0.0.1:${port}/health`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    // A job that is cut short goes back to the queue.
    stopping.abort(new Error('the worker was told to stop'))
    health.close()
    health.closeIdleConnections()
    void boss.stop({ timeout: STOP_TIMEOUT_MS }).then(() => database.end())
  })
}
