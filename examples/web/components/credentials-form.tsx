'use client'

import { useState, type FormEvent, type ReactNode } from 'react'
import { sendJson } from '#lib/own-api.ts'

/** A form of credentials: sends its fields to `action` as JSON, and moves on to `next` once they were taken. */
export function CredentialsForm({
  action,
  next,
  submit,
  children,
}: {
  readonly action: string
  readonly next: string
  readonly submit: string
  readonly children: ReactNode
}): ReactNode {
  const [complaint, setComplaint] = useState('')
  const [busy, setBusy] = useState(false)

  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const { problem } = await sendJson(
      action,
      Object.fromEntries(new FormData(event.currentTarget)),
    )
    // A whole new page: what the router holds was fetched for somebody who is not signed in.
    if (problem === undefined) return window.location.assign(next)
    setComplaint(problem)
    setBusy(false)
  }

  // By POST even before this script runs, or the password would be in the address.
  return (
    <form className="card stack" method="post" action={action} onSubmit={event => void send(event)}>
      {children}
      <p role="alert" className="complaint">
        {complaint}
      </p>
      <button type="submit" disabled={busy}>
        {submit}
      </button>
    </form>
  )
}
