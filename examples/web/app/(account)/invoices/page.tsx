import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { InvoiceFilterForm, type Asked } from '#components/invoice-filter-form.tsx'
import { StatusBadge } from '#components/status-badge.tsx'
import { requireSession } from '#lib/current-session.ts'
import { formatCents, formatDay } from '#lib/formats.ts'
import { invoiceFilterSchema, toQuery, type InvoiceFilter } from '#lib/invoice-filter.ts'
import { listInvoices } from '#lib/partner-api.ts'
import { describeIssues } from '#lib/problems.ts'

export const metadata: Metadata = { title: 'Invoices' }

interface Props {
  readonly searchParams: Promise<Asked>
}

export default async function InvoicesPage({ searchParams }: Props): Promise<ReactNode> {
  const { customerId } = await requireSession()
  const asked = await searchParams
  const { data, error } = invoiceFilterSchema.safeParse(asked)
  return (
    <>
      <div className="title">
        <h1>Invoices</h1>
        <a href={`/api/invoices/export${toQuery(data ?? {})}`} className="button quiet" download>
          Export CSV
        </a>
      </div>
      <InvoiceFilterForm asked={asked} complaint={error && describeIssues(error)} />
      {data && <InvoiceTable customerId={customerId} filter={data} />}
    </>
  )
}

async function InvoiceTable({
  customerId,
  filter,
}: {
  readonly customerId: number
  readonly filter: InvoiceFilter
}): Promise<ReactNode> {
  const invoices = await listInvoices(customerId, filter)
  if (invoices.length === 0) return <p className="card muted">No invoice is like that.</p>
  return (
    <table>
      <thead>
        <tr>
          <th>Invoice</th>
          <th>Issued</th>
          <th>Status</th>
          <th className="number">Total</th>
        </tr>
      </thead>
      <tbody>
        {invoices.map(({ id, issuedOn, status, totalCents, currency }) => (
          <tr key={id}>
            <td>
              <Link href={`/invoices/${id}`} prefetch={false}>
                No. {id}
              </Link>
            </td>
            <td>
              <time dateTime={issuedOn}>{formatDay(issuedOn)}</time>
            </td>
            <td>
              <StatusBadge status={status} />
            </td>
            <td className="number">
              {totalCents === null ? 'unclear' : formatCents(totalCents, currency)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
