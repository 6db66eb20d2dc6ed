const TIMEOUT_MS = 5_000

/** Asks the payment service what became of a charge. Rejects when it does not answer as it should. */
export async function readChargeStatus(
  paymentsUrl: string,
  id: string,
  signal: AbortSignal,
): Promise<string> {
  const response = await fetch(`${paymentsUrl}/v1/charges/${encodeURIComponent(id)}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  })
  if (!response.ok) throw new Error(`the payment service answered ${response.status}`)
  const { status } = (await response.json()) as { status: string }
  return status
}
