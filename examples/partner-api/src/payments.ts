import { ApiError } from './errors.ts'

const TIMEOUT_MS = 5_000

/** A charge, as the payment service knows it. */
export interface Charge {
  readonly id: string
  readonly status: string
}

/** Asks the payment service for a charge. Rejects with `payments_unavailable` when it does not answer as it should. */
export async function readCharge(paymentsUrl: string, id: string): Promise<Charge> {
  const response = await fetch(`${paymentsUrl}/v1/charges/${encodeURIComponent(id)}`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => undefined)
  if (response?.ok !== true)
    throw new ApiError('payments_unavailable', 'The payment service did not answer.')
  const { status } = (await response.json()) as Charge
  return { id, status }
}
