import { z } from 'zod'

const TIMEOUT_MS = 5_000

const chargeSchema = z.object({ id: z.string(), status: z.literal('succeeded') })
const errorSchema = z.object({ error: z.object({ code: z.string() }) })

/** What is to be charged to whom. */
export interface ChargeRequest {
  readonly customerId: number
  readonly amountCents: number
  readonly currency: string
}

/** A charge that was not made, with the payment service's own code where it gave one. */
export class PaymentError extends Error {
  readonly code: string

  constructor(code: string, options?: ErrorOptions) {
    super(`the payment service did not charge: ${code}`, options)
    this.name = 'PaymentError'
    this.code = code
  }
}

/** Charges a customer; gives the id of the charge. Throws a {@link PaymentError}. */
export async function charge(request: ChargeRequest): Promise<string> {
  const response = await fetch(
    new URL('/v1/charges', process.env['PAYMENTS_URL'] ?? 'http://127.0.0.1:3002'),
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    },
  ).catch((cause: unknown) => {
    throw new PaymentError('payments_unreachable', { cause })
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok)
    throw new PaymentError(errorSchema.safeParse(body).data?.error.code ?? 'payments_failed')
  return chargeSchema.parse(body).id
}
