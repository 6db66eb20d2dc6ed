import { PgBoss } from 'pg-boss'

/** The queue that reports are made from. The report worker reads it. */
export const REPORTS_QUEUE = 'reports'

/** What a job holds. */
export interface ReportJob {
  readonly reportId: string
}

/** Connects to the queue, and makes it unless it is there. */
export async function connectQueue(
  databaseUrl: string,
  onError: (error: Error) => void,
): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 2,
    // A job continues the trace of the request that sent it.
    openTelemetry: { propagateContext: true },
    // The worker keeps the queue in order; here it is only written to.
    supervise: false,
    schedule: false,
  })
  boss.on('error', onError)
  await boss.start()
  await boss.createQueue(REPORTS_QUEUE, {
    notify: true,
    retryLimit: 2,
    retryDelay: 1,
    expireInSeconds: 300,
  })
  return boss
}
