import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { StatusBadge } from '#components/status-badge.tsx'
import { readPlan } from '#lib/billing.ts'
import { requireSession } from '#lib/current-session.ts'
import { formatCents, formatDay } from '#lib/formats.ts'
import { findInvoice } from '#lib/partner-api.ts'
import { PLANS } from '#lib/plans.ts'

interface Props {
  readonly params: Promise<{ readonly id: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Invoice ${(await params).id}` }
}

export default async function InvoicePage({ params }: Props): Promise<ReactNode> {
  const { customerId } = await requireSession()
  const { id } = await params
  if (!/^\d{1,9}$/.test(id)) notFound()
  const [invoice, plan] = await Promise.all([findInvoice(Number(id)), readPlan(customerId)])
  if (invoice?.customerId !== customerId) notFound()
  const { currency } = invoice
  return (
    <>
      <Link href="/invoices">← All invoices</Link>
      <div className="title">
        <h1>Invoice {invoice.id}</h1>
        <StatusBadge status={invoice.status} />
      </div>
      <dl className="card facts">
        <dt>Customer</dt>
        <dd>{invoice.customer}</dd>
        <dt>Issued</dt>
        <dd>
          <time dateTime={invoice.issuedOn}>{formatDay(invoice.issuedOn)}</time>
        </dd>
        <dt>Plan today</dt>
        <dd>{PLANS[plan].name}</dd>
        <dt>Payment</dt>
        <dd>
          <code>{invoice.charge.id}</code> {invoice.charge.status}
        </dd>
      </dl>
      <table>
        <thead>
          <tr>
            <th>Description</th>
            <th className="number">Quantity</th>
            <th className="number">Each</th>
            <th className="number">Amount</th>
          </tr>
        </thead>
        <tbody>
          {invoice.lines.map(({ description, quantity, unitCents }) => (
            <tr key={description}>
              <td>{description}</td>
              <td className="number">{quantity}</td>
              <td className="number">{formatCents(unitCents, currency)}</td>
              <td className="number">{formatCents(quantity * unitCents, currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colSpan={3}>Total</th>
            <td className="number">{formatCents(invoice.totalCents, currency)}</td>
          </tr>
        </tfoot>
      </table>
    </>
  )
}
