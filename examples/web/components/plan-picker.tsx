'use client'

import { useRouter } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import type { BillPreview } from '#lib/billing.ts'
import { formatCents } from '#lib/formats.ts'
import { ask, sendJson } from '#lib/own-api.ts'
import { CURRENCY, PLANS, type Plan } from '#lib/plans.ts'

/** Lets a customer look at the price of another plan, and move to it. */
export function PlanPicker({ current }: { readonly current: Plan }): ReactNode {
  const router = useRouter()
  const [plan, setPlan] = useState(current)
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)

  async function say(work: () => Promise<string>): Promise<void> {
    setBusy(true)
    setMessage(await work())
    setBusy(false)
  }

  async function preview(): Promise<string> {
    const { body, problem } = await ask<BillPreview>(`/api/billing/preview?plan=${plan}`)
    if (problem !== undefined) return problem
    const { planCents, openCents, totalCents, currency } = body
    const [first, open, total] = [planCents, openCents, totalCents].map(cents =>
      formatCents(cents, currency),
    )
    return `${first} for the plan and ${open} still open: ${total}.`
  }

  async function change(): Promise<string> {
    const { body, problem } = await sendJson<{ chargeId: string }>('/api/billing/plan', { plan })
    if (problem !== undefined) return problem
    router.refresh()
    return `Done. Your payment is ${body.chargeId}.`
  }

  return (
    <section className="card stack">
      <h2>Plan</h2>
      <fieldset>
        <legend className="muted">You have the plan {PLANS[current].name}.</legend>
        {Object.entries(PLANS).map(([value, { name, monthlyCents, pitch }]) => (
          <label key={value} className="choice">
            <input
              type="radio"
              name="plan"
              value={value}
              checked={plan === value}
              onChange={() => setPlan(value as Plan)}
            />
            <span>
              {name} <small className="muted">{pitch}</small>
            </span>
            <span className="number">{formatCents(monthlyCents, CURRENCY)}</span>
          </label>
        ))}
      </fieldset>
      <p role="status">{message}</p>
      <p className="actions">
        <button type="button" disabled={busy || plan === current} onClick={() => void say(change)}>
          Change plan
        </button>
        <button type="button" className="quiet" disabled={busy} onClick={() => void say(preview)}>
          Preview the bill
        </button>
      </p>
    </section>
  )
}
