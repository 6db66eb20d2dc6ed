import { fastifyLogging } from '@throughline/node/pino'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { PgBoss } from 'pg-boss'
import { requireApiKey } from './api-keys.ts'
import { answerErrors } from './errors.ts'
import { serveInvoices } from './invoices.ts'
import { limitUsage } from './rate-limit.ts'
import { serveReports } from './reports.ts'

/** What the API works with. */
export interface Resources {
  readonly database: Pool
  readonly queue: PgBoss
  readonly paymentsUrl: string
}

/** The API for partners, ready to listen. */
export function createPartnerApi({ database, queue, paymentsUrl }: Resources): FastifyInstance {
  const app = Fastify({
    ...fastifyLogging(),
    ajv: { customOptions: { removeAdditional: false } },
  })
  answerErrors(app)
  app.get('/health', { logLevel: 'warn' }, () => ({ status: 'ok' }))
  void app.register(
    async v1 => {
      requireApiKey(v1, database)
      limitUsage(v1)
      serveInvoices(v1, database, paymentsUrl)
      serveReports(v1, database, queue)
    },
    { prefix: '/v1' },
  )
  return app
}
