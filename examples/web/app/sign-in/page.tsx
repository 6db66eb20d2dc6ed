import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { CredentialsForm } from '#components/credentials-form.tsx'
import { SiteHeader } from '#components/site-header.tsx'

export const metadata: Metadata = { title: 'Sign in' }

interface Props {
  readonly searchParams: Promise<{ readonly next?: string | string[] }>
}

/** Where to go after signing in: only ever a page of this site. */
function ownPath(next: string | string[] | undefined): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/invoices'
}

export default async function SignInPage({ searchParams }: Props): Promise<ReactNode> {
  const { next } = await searchParams
  return (
    <>
      <SiteHeader>
        <Link href="/sign-up">Sign up</Link>
      </SiteHeader>
      <main className="narrow">
        <h1>Sign in</h1>
        <CredentialsForm action="/api/session" next={ownPath(next)} submit="Sign in">
          <label>
            E-mail address
            <input name="email" type="email" autoComplete="email" required />
          </label>
          <label>
            Password
            <input name="password" type="password" autoComplete="current-password" required />
          </label>
        </CredentialsForm>
      </main>
    </>
  )
}
