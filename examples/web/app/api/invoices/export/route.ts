import type { NextRequest } from 'next/server'
import { renderCsv } from '#lib/csv.ts'
import { readSession } from '#lib/current-session.ts'
import { query } from '#lib/database.ts'
import { invoiceFilterSchema } from '#lib/invoice-filter.ts'
import { invalidRequest, unauthorized } from '#lib/problems.ts'

const COLUMNS = [
  'invoice',
  'issued_on',
  'status',
  'currency',
  'description',
  'quantity',
  'unit_cents',
] as const

type ExportRow = Record<(typeof COLUMNS)[number], string | number>

/** Every line of the customer's invoices that pass the filter, as CSV. */
export async function GET(request: NextRequest): Promise<Response> {
  const session = await readSession()
  if (session === undefined) return unauthorized()
  const { data, error } = invoiceFilterSchema.safeParse(
    Object.fromEntries(request.nextUrl.searchParams),
  )
  if (error !== undefined) return invalidRequest(error)
  const rows = await query<ExportRow>(
    `select id as invoice, issued_on::text, status, currency, description, quantity, unit_cents
     from invoices join invoice_lines on invoice_id = id
     where customer_id = $1
       and ($2::text is null or status = $2)
       and ($3::date is null or issued_on >= $3)
       and ($4::date is null or issued_on <= $4)
     order by issued_on, id, position`,
    [session.customerId, data.status, data.from, data.to],
  )
  const csv = renderCsv(
    COLUMNS,
    rows.map(row => COLUMNS.map(column => row[column])),
  )
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="invoices.csv"',
      'cache-control': 'no-store',
    },
  })
}
