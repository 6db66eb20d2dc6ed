import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Pool, PoolClient } from 'pg'
import type { Db, PgBoss } from 'pg-boss'
import { ApiError } from './errors.ts'
import { answerOnce } from './idempotency.ts'
import { REPORTS_QUEUE, type ReportJob } from './queue.ts'

interface ReportRow {
  readonly id: string
  readonly month: string
  readonly status: string
  readonly attempts: number
  readonly result: object | null
}

const ADD_REPORT = 'insert into reports (id, key_id, month) values ($1, $2, $3)'
const FIND_REPORT =
  'select id, month, status, attempts, result from reports where id = $1 and key_id = $2'

const createSchema = {
  body: {
    type: 'object',
    required: ['month'],
    additionalProperties: false,
    properties: { month: { type: 'string', pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$' } },
  },
} as const
const oneSchema = {
  params: { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } },
} as const

/** The routes that order reports and tell how far they are. */
export function serveReports(app: FastifyInstance, database: Pool, queue: PgBoss): void {
  app.post<{ Body: { month: string } }>('/reports', { schema: createSchema }, (request, reply) =>
    answerOnce(database, request, reply, async client => {
      const reportId = randomUUID()
      await client.query(ADD_REPORT, [reportId, request.apiKey.id, request.body.month])
      // In the transaction of the report: neither is there without the other.
      await queue.send(REPORTS_QUEUE, { reportId } satisfies ReportJob, { db: within(client) })
      return { status: 202, body: { id: reportId, status: 'queued' } }
    }),
  )

  app.get<{ Params: { id: string } }>(
    '/reports/:id',
    { schema: oneSchema },
    async ({ params: { id }, apiKey }) => {
      const { rows } = await database.query<ReportRow>(FIND_REPORT, [id, apiKey.id])
      const [report] = rows
      if (report === undefined) throw new ApiError('not_found', `There is no report ${id}.`)
      return report
    },
  )
}

const within = (client: PoolClient): Db => ({
  executeSql: (text, values) => client.query(text, values),
})
