import type { Metadata } from 'next'
import { forbidden } from 'next/navigation'
import type { ReactNode } from 'react'
import { requireSession } from '#lib/current-session.ts'
import { query } from '#lib/database.ts'
import { PLANS, type Plan } from '#lib/plans.ts'

export const metadata: Metadata = { title: 'Admin' }

interface CustomerRow {
  readonly id: number
  readonly name: string
  readonly plan: Plan
  readonly invoices: number
}

export default async function AdminPage(): Promise<ReactNode> {
  const { role } = await requireSession()
  if (role !== 'admin') forbidden()
  const customers = await query<CustomerRow>(
    `select customers.id, name, plan, count(invoices.id)::integer as invoices
     from customers left join invoices on customer_id = customers.id
     group by customers.id order by name`,
  )
  return (
    <>
      <h1>Customers</h1>
      <table>
        <thead>
          <tr>
            <th>Customer</th>
            <th>Plan</th>
            <th className="number">Invoices</th>
          </tr>
        </thead>
        <tbody>
          {customers.map(({ id, name, plan, invoices }) => (
            <tr key={id}>
              <td>{name}</td>
              <td>{PLANS[plan].name}</td>
              <td className="number">{invoices}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
