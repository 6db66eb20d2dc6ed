/** Longest that an application may take to answer: a first page of `next dev` is compiled before. */
const TIMEOUT_MS = 60_000

/** A request that was sent to an application, and what came of it. */
export interface SentRequest {
  readonly method: 'GET'
  readonly path: string
  /** When it was sent, in milliseconds since 1970. */
  readonly sentAtMs: number
  /** Status of the answer; undefined where there was none. */
  readonly status: number | undefined
  /** Where a redirection leads. */
  readonly location: string | undefined
  /** Why there was no answer. */
  readonly failure: string | undefined
}

/** Sends one GET and reads the answer to its end; redirections are not followed. Rejects only where `signal` is aborted. */
export async function sendRequest(
  url: string,
  path: string,
  signal?: AbortSignal,
): Promise<SentRequest> {
  const sent = { method: 'GET', path, sentAtMs: Date.now() } as const
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const response = await fetch(`${url}${path}`, {
      redirect: 'manual',
      headers: { accept: 'text/html,application/json;q=0.9,*/*;q=0.8' },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    })
    await response.arrayBuffer()
    const location = response.headers.get('location') ?? undefined
    return { ...sent, status: response.status, location, failure: undefined }
  } catch (error) {
    signal?.throwIfAborted()
    const { message, cause } = error as Error
    const failure = cause instanceof Error ? cause.message || String(cause) : message
    return { ...sent, status: undefined, location: undefined, failure }
  }
}
