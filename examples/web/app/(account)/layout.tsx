import Link from 'next/link'
import type { ReactNode } from 'react'
import { SiteHeader } from '#components/site-header.tsx'
import { requireSession } from '#lib/current-session.ts'

export default async function AccountLayout({
  children,
}: {
  readonly children: ReactNode
}): Promise<ReactNode> {
  const { role } = await requireSession()
  return (
    <>
      <SiteHeader>
        <Link href="/invoices">Invoices</Link>
        <Link href="/settings">Settings</Link>
        {role === 'admin' && <Link href="/admin">Admin</Link>}
        <form method="post" action="/sign-out">
          <button type="submit" className="quiet">
            Sign out
          </button>
        </form>
      </SiteHeader>
      <main>{children}</main>
    </>
  )
}
