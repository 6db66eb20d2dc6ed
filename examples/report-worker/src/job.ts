import type { Pool } from 'pg'
import { buildReport, type ReportResources } from './report.ts'

const BEGIN = `
  update reports set status = 'running', attempts = attempts + 1 where id = $1 and status <> 'done' returning month`
const FINISH = "update reports set status = 'done', result = $2 where id = $1"
const FAIL = "update reports set status = 'failed' where id = $1"

/**
 * Builds one report and stores it. Rejects with what went wrong, after the report is marked; the queue tries again.
 * A report that is done already, because the queue gave the job out twice, is left as it is.
 */
export async function runJob(reportId: string, resources: ReportResources): Promise<void> {
  const { database, signal } = resources
  const month = await begin(database, reportId)
  if (month === undefined) return
  try {
    await database.query(FINISH, [reportId, await buildReport(month, resources)])
  } catch (error) {
    await database.query(FAIL, [reportId])
    // What is cut short says only that it was; this says why.
    signal.throwIfAborted()
    throw error
  }
}

async function begin(database: Pool, reportId: string): Promise<string | undefined> {
  const { rows } = await database.query<{ month: string }>(BEGIN, [reportId])
  return rows[0]?.month
}
