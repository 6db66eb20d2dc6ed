import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { CredentialsForm } from '#components/credentials-form.tsx'
import { SiteHeader } from '#components/site-header.tsx'

export const metadata: Metadata = { title: 'Sign up' }

export default function SignUpPage(): ReactNode {
  return (
    <>
      <SiteHeader>
        <Link href="/sign-in">Sign in</Link>
      </SiteHeader>
      <main className="narrow">
        <h1>Sign up</h1>
        <CredentialsForm action="/api/signup" next="/invoices" submit="Make an account">
          <label>
            Name
            <input name="name" autoComplete="name" required maxLength={80} />
          </label>
          <label>
            E-mail address
            <input name="email" type="email" autoComplete="email" required />
          </label>
          <label>
            Password
            <input
              name="password"
              type="password"
              autoComplete="new-password"
              required
              minLength={8}
            />
            <small>At least 8 characters.</small>
          </label>
        </CredentialsForm>
      </main>
    </>
  )
}
