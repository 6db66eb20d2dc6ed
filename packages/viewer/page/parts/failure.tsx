import type { ReactElement } from 'react'
import type { RequestFailure } from '../data/fetch-json.ts'
import './notices.css'

/** An answer that could not be had, and what to do. */
export function Failure({
  error,
  onRetry,
}: {
  readonly error: Pick<RequestFailure, 'message' | 'fix'>
  readonly onRetry: () => void
}): ReactElement {
  return (
    <div className="notice notice-failure" role="alert">
      <p>
        <strong>{error.message}</strong>
      </p>
      <p>{error.fix}</p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  )
}
