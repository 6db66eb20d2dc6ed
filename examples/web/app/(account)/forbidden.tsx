import Link from 'next/link'
import type { ReactNode } from 'react'

export default function Forbidden(): ReactNode {
  return (
    <section className="card stack">
      <h1>Not for you</h1>
      <p className="muted">This page is for administrators.</p>
      <Link href="/invoices">Your invoices</Link>
    </section>
  )
}
