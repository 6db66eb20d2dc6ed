import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { PlanPicker } from '#components/plan-picker.tsx'
import { readPlan } from '#lib/billing.ts'
import { requireSession } from '#lib/current-session.ts'
import { query } from '#lib/database.ts'
import { saveSettings } from './actions.ts'

export const metadata: Metadata = { title: 'Settings' }

const MESSAGES: Readonly<Record<string, string>> = {
  saved: 'Saved.',
  invalid: 'A name has 1 to 80 characters.',
}

interface Props {
  readonly searchParams: Promise<{ readonly message?: string | string[] }>
}

export default async function SettingsPage({ searchParams }: Props): Promise<ReactNode> {
  const { userId, customerId } = await requireSession()
  const [{ message }, [user], plan] = await Promise.all([
    searchParams,
    query<{ name: string; email: string }>('select name, email from users where id = $1', [userId]),
    readPlan(customerId),
  ])
  // The account is gone, the cookie is not.
  if (user === undefined) redirect('/sign-in')
  return (
    <>
      <h1>Settings</h1>
      <form className="card stack" action={saveSettings}>
        <h2>You</h2>
        <label>
          Name
          <input name="name" defaultValue={user.name} autoComplete="name" required maxLength={80} />
        </label>
        <label>
          E-mail address
          <input value={user.email} readOnly />
        </label>
        <p role="status">{MESSAGES[String(message)]}</p>
        <button type="submit">Save</button>
      </form>
      <PlanPicker current={plan} />
    </>
  )
}
