import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { ApiError } from './errors.ts'
import { addUp } from './money.ts'
import { readCharge } from './payments.ts'

interface InvoiceRow {
  readonly id: number
  readonly customer_id: number
  readonly customer: string
  readonly issued_on: string
  readonly currency: string
  readonly status: string
  readonly charge_id: string
}

interface LineRow {
  readonly invoice_id: number
  readonly description: string
  readonly quantity: string
  readonly unit_cents: number
}

interface ListQuery {
  readonly customerId?: number
  readonly status?: string
  readonly from?: string
  readonly to?: string
  readonly limit: number
}

const SELECT_INVOICES = `
  select i.id, i.customer_id, c.name as customer, i.issued_on::text, i.currency, i.status, i.charge_id
  from invoices i join customers c on c.id = i.customer_id`
const FIND_INVOICES = `${SELECT_INVOICES}
  where ($1::int is null or i.customer_id = $1) and ($2::text is null or i.status = $2)
    and ($3::date is null or i.issued_on >= $3) and ($4::date is null or i.issued_on <= $4)
  order by i.issued_on desc, i.id desc limit $5`
const FIND_INVOICE = `${SELECT_INVOICES} where i.id = $1`
const FIND_LINES = `
  select invoice_id, description, quantity, unit_cents from invoice_lines where invoice_id = any($1) order by invoice_id, position`

const date = { type: 'string', format: 'date' } as const
const listSchema = {
  querystring: {
    type: 'object',
    additionalProperties: false,
    properties: {
      customerId: { type: 'integer', minimum: 1 },
      status: { type: 'string', enum: ['open', 'paid', 'void'] },
      from: date,
      to: date,
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    },
  },
} as const
const oneSchema = {
  params: {
    type: 'object',
    properties: { id: { type: 'integer', minimum: 1, maximum: 2_147_483_647 } },
  },
} as const

/** The routes that read invoices. */
export function serveInvoices(app: FastifyInstance, database: Pool, paymentsUrl: string): void {
  const linesOf = async (ids: readonly number[]): Promise<Map<number, LineRow[]>> => {
    const { rows } = await database.query<LineRow>(FIND_LINES, [ids])
    return Map.groupBy(rows, row => row.invoice_id)
  }

  app.get<{ Querystring: ListQuery }>('/invoices', { schema: listSchema }, async ({ query }) => {
    const { customerId, status, from, to, limit } = query
    const filters = [customerId ?? null, status ?? null, from ?? null, to ?? null, limit]
    const { rows } = await database.query<InvoiceRow>(FIND_INVOICES, filters)
    const lines = await linesOf(rows.map(({ id }) => id))
    return {
      invoices: rows.map(row => ({
        ...describe(row),
        totalCents: totalOf(lines.get(row.id) ?? []),
      })),
    }
  })

  app.get<{ Params: { id: number } }>(
    '/invoices/:id',
    { schema: oneSchema },
    async ({ params: { id } }) => {
      const { rows } = await database.query<InvoiceRow>(FIND_INVOICE, [id])
      const [row] = rows
      if (row === undefined) throw new ApiError('not_found', `There is no invoice ${id}.`)
      const [lines = [], charge] = await Promise.all([
        linesOf([id]).then(found => found.get(id)),
        readCharge(paymentsUrl, row.charge_id),
      ])
      return {
        ...describe(row),
        customer: row.customer,
        lines: lines.map(line => ({
          description: line.description,
          quantity: line.quantity,
          unitCents: line.unit_cents,
        })),
        totalCents: addUp(lines),
        charge,
      }
    },
  )
}

/** The total, or null where it cannot be told: one such invoice must not cost the list. */
function totalOf(lines: readonly LineRow[]): number | null {
  try {
    return addUp(lines)
  } catch {
    // Who asks for that invoice alone is told.
    return null
  }
}

const describe = (row: InvoiceRow): object => ({
  id: row.id,
  customerId: row.customer_id,
  issuedOn: row.issued_on,
  currency: row.currency,
  status: row.status,
})
