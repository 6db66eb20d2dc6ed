'use client'

import type { ReactNode } from 'react'

interface Props {
  readonly error: Error & { readonly digest?: string }
  readonly reset: () => void
}

export default function AccountError({ error, reset }: Props): ReactNode {
  return (
    <section className="card stack">
      <h1>Something broke on our side</h1>
      <p className="muted">
        We have been told. When you write to us about it, name{' '}
        <code>{error.digest ?? 'the time'}</code>.
      </p>
      <p className="actions">
        <button type="button" onClick={reset}>
          Try again
        </button>
      </p>
    </section>
  )
}
