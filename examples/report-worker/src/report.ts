import { setTimeout as delay } from 'node:timers/promises'
import type { Pool } from 'pg'
import { readChargeStatus } from './payments.ts'

/** How many charges are looked up at the payment service. */
const CHECKED_CHARGES = 3

const TOTALS = `
  select i.status, count(distinct i.id)::int as invoices, sum(l.unit_cents * l.quantity::int)::int as cents
  from invoices i join invoice_lines l on l.invoice_id = i.id
  where date_trunc('month', i.issued_on) = to_date($1, 'YYYY-MM')
  group by i.status order by i.status`
const CUSTOMERS = `
  select c.name, count(*)::int as invoices from invoices i join customers c on c.id = i.customer_id
  where date_trunc('month', i.issued_on) = to_date($1, 'YYYY-MM')
  group by c.name order by invoices desc, c.name`
const CHARGES = `
  select charge_id from invoices where date_trunc('month', issued_on) = to_date($1, 'YYYY-MM') order by id limit $2`

/** What building a report works with. */
export interface ReportResources {
  readonly database: Pool
  readonly paymentsUrl: string
  /** Time to spread over the steps, in seconds. */
  readonly seconds: number
  readonly signal: AbortSignal
}

/** A month of billing. */
export interface Report {
  readonly totals: readonly object[]
  readonly customers: readonly object[]
  readonly charges: Readonly<Record<string, string>>
}

/** Builds the report of a month, such as `2026-03`. */
export async function buildReport(
  month: string,
  { database, paymentsUrl, seconds, signal }: ReportResources,
): Promise<Report> {
  const work = (): Promise<void> => delay((seconds * 1000) / 3, undefined, { signal })
  const totals = await database.query(TOTALS, [month])
  await work()
  const customers = await database.query(CUSTOMERS, [month])
  await work()
  const { rows } = await database.query<{ charge_id: string }>(CHARGES, [month, CHECKED_CHARGES])
  const charges = await Promise.all(
    rows.map(
      async ({ charge_id: id }) => [id, await readChargeStatus(paymentsUrl, id, signal)] as const,
    ),
  )
  await work()
  return { totals: totals.rows, customers: customers.rows, charges: Object.fromEntries(charges) }
}
