import Link from 'next/link'
import type { ReactNode } from 'react'
import { SiteHeader } from '#components/site-header.tsx'
import { formatCents } from '#lib/formats.ts'
import { CURRENCY, PLANS } from '#lib/plans.ts'

export default function LandingPage(): ReactNode {
  return (
    <>
      <SiteHeader>
        <Link href="/sign-in">Sign in</Link>
        <Link href="/sign-up" className="button">
          Sign up
        </Link>
      </SiteHeader>
      <main>
        <section className="hero">
          <h1>Invoices that add up.</h1>
          <p>
            Tallyhouse bills your customers, collects what they owe, and hands your bookkeeper one
            clean file.
          </p>
          <p className="actions">
            <Link href="/sign-up" className="button">
              Start now
            </Link>
            <Link href="/invoices" className="button quiet">
              Your invoices
            </Link>
          </p>
        </section>
        <section className="tiles" aria-label="Plans">
          {Object.entries(PLANS).map(([plan, { name, monthlyCents, pitch }]) => (
            <article key={plan} className="card">
              <h2>{name}</h2>
              <p className="price">
                {formatCents(monthlyCents, CURRENCY)} <small>a month</small>
              </p>
              <p className="muted">{pitch}</p>
            </article>
          ))}
        </section>
      </main>
    </>
  )
}
