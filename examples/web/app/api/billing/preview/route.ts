import type { NextRequest } from 'next/server'
import { planSchema, previewBill } from '#lib/billing.ts'
import { readSession } from '#lib/current-session.ts'
import { invalidRequest, unauthorized } from '#lib/problems.ts'

/** What the customer would owe this month with `?plan=`. */
export async function GET(request: NextRequest): Promise<Response> {
  const session = await readSession()
  if (session === undefined) return unauthorized()
  const { data, error } = planSchema.safeParse(Object.fromEntries(request.nextUrl.searchParams))
  if (error !== undefined) return invalidRequest(error)
  return Response.json(await previewBill(session.customerId, data.plan))
}
