import type { ApiError } from '../../src/api/meta.ts'

/** An answer that is not what was asked for. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure'
  /** What to do about it. */
  readonly fix: string
  /** Status of the answer; 0 where there was none. */
  readonly status: number

  constructor(message: string, fix: string, status: number) {
    super(message)
    this.fix = fix
    this.status = status
  }
}

/** What went wrong, in words for who looks at the page. */
export const asFailure = (error: unknown): RequestFailure =>
  error instanceof RequestFailure ? error : new RequestFailure(String(error), 'reload the page', 0)

/** Asks the viewer. Rejects with a {@link RequestFailure}, or with an AbortError where `signal` says so. */
export async function fetchJson<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch (error) {
    if (init.signal?.aborted === true) throw error
    throw new RequestFailure(
      'the viewer does not answer',
      'start it again with `npx throughline view`',
      0,
    )
  }
  const text = await response.text()
  if (response.ok) return JSON.parse(text) as T
  const { error, fix } = readError(text)
  throw new RequestFailure(error, fix, response.status)
}

function readError(text: string): ApiError {
  try {
    return JSON.parse(text) as ApiError
  } catch {
    return { error: text.slice(0, 200), fix: 'reload the page' }
  }
}
