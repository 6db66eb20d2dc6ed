import Link from 'next/link'
import type { ReactNode } from 'react'

export default function InvoiceNotFound(): ReactNode {
  return (
    <section className="card stack">
      <h1>No such invoice</h1>
      <p className="muted">It does not exist, or is not yours to see.</p>
      <Link href="/invoices">All invoices</Link>
    </section>
  )
}
