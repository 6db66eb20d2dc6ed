import { z } from 'zod'
import { query, transaction } from './database.ts'
import { charge } from './payments.ts'
import { CURRENCY, PLANS, type Plan } from './plans.ts'

/** Which plan a customer asks for. */
export const planSchema = z.object({ plan: z.enum(Object.keys(PLANS) as [Plan, ...Plan[]]) })

/** The plan of a customer. */
export async function readPlan(customerId: number): Promise<Plan> {
  const [customer] = await query<{ plan: Plan }>('select plan from customers where id = $1', [
    customerId,
  ])
  if (customer === undefined) throw new Error(`there is no customer ${customerId}`)
  return customer.plan
}

/**
 * Moves a customer to another plan and charges its first month; gives the id of the charge, or undefined when the
 * customer has that plan. Throws a PaymentError when the payment service did not say that it charged;
 * nothing is changed then.
 *
 * Whatever the database can refuse, it has to before money moves: the change is written first, then charged, and only
 * then committed. The row of the customer stays locked meanwhile, so two clicks are one charge.
 */
export async function changePlan(customerId: number, plan: Plan): Promise<string | undefined> {
  return transaction(async client => {
    const changed = await client.query(
      'update customers set plan = $2 where id = $1 and plan <> $2',
      [customerId, plan],
    )
    if (changed.rowCount === 0) return undefined
    const { rows } = await client.query<{ id: number }>(
      'insert into plan_changes (customer_id, plan) values ($1, $2) returning id',
      [customerId, plan],
    )
    const chargeId = await charge({
      customerId,
      amountCents: PLANS[plan].monthlyCents,
      currency: CURRENCY,
    })
    await client.query('update plan_changes set charge_id = $2 where id = $1', [
      rows[0]?.id,
      chargeId,
    ])
    return chargeId
  })
}

/** What a customer would owe this month with a plan. */
export interface BillPreview {
  readonly plan: Plan
  readonly currency: string
  readonly planCents: number
  /** What is still open from earlier invoices. */
  readonly openCents: number
  readonly totalCents: number
}

/** Adds up what a customer would owe with `plan`. Throws when a quantity on an open invoice is no number. */
export async function previewBill(customerId: number, plan: Plan): Promise<BillPreview> {
  const lines = await query<{ quantity: string; unit_cents: number }>(
    `select quantity, unit_cents from invoice_lines join invoices on invoices.id = invoice_id
     where customer_id = $1 and status = 'open'`,
    [customerId],
  )
  const open = lines.reduce(
    (sum, line) => sum + BigInt(line.quantity) * BigInt(line.unit_cents),
    0n,
  )
  const planCents = PLANS[plan].monthlyCents
  const openCents = Number(open)
  return { plan, currency: CURRENCY, planCents, openCents, totalCents: planCents + openCents }
}
