import { changePlan, planSchema } from '#lib/billing.ts'
import { readSession } from '#lib/current-session.ts'
import { PaymentError } from '#lib/payments.ts'
import { invalidRequest, problem, readJson, unauthorized } from '#lib/problems.ts'

/** Moves the customer to another plan, and charges it. */
export async function POST(request: Request): Promise<Response> {
  const session = await readSession()
  if (session === undefined) return unauthorized()
  const { data, error } = planSchema.safeParse(await readJson(request))
  if (error !== undefined) return invalidRequest(error)
  try {
    const chargeId = await changePlan(session.customerId, data.plan)
    if (chargeId === undefined)
      return problem(409, 'plan_unchanged', `You have the plan ${data.plan} already.`)
    return Response.json({ plan: data.plan, chargeId })
  } catch (cause) {
    if (!(cause instanceof PaymentError)) throw cause
    return problem(502, cause.code, 'The payment was not confirmed. Your plan is as it was.')
  }
}
