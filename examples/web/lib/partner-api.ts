import { z } from 'zod'
import { INVOICE_STATUSES, toQuery, type InvoiceFilter } from './invoice-filter.ts'

const TIMEOUT_MS = 10_000

const summarySchema = z.object({
  id: z.number(),
  customerId: z.number(),
  issuedOn: z.string(),
  currency: z.string(),
  status: z.enum(INVOICE_STATUSES),
  // Null where the lines cannot be added up.
  totalCents: z.number().nullable(),
})

const invoiceSchema = summarySchema.extend({
  totalCents: z.number(),
  customer: z.string(),
  lines: z.array(
    z.object({ description: z.string(), quantity: z.coerce.number(), unitCents: z.number() }),
  ),
  charge: z.object({ id: z.string(), status: z.string() }),
})

export type InvoiceSummary = z.infer<typeof summarySchema>
export type Invoice = z.infer<typeof invoiceSchema>

/** The newest invoices of one customer that pass a filter. Throws when the API does not answer as agreed. */
export async function listInvoices(
  customerId: number,
  filter: InvoiceFilter,
): Promise<InvoiceSummary[]> {
  // The key of this app reads the invoices of every customer.
  const response = await call(
    `/v1/invoices${toQuery({ ...filter, customerId: String(customerId) })}`,
  )
  if (!response.ok) throw await refusal(response)
  return z.object({ invoices: z.array(summarySchema) }).parse(await response.json()).invoices
}

/** One invoice, or undefined when there is none. Throws when the API does not answer as agreed. */
export async function findInvoice(id: number): Promise<Invoice | undefined> {
  const response = await call(`/v1/invoices/${id}`)
  if (response.status === 404) return undefined
  if (!response.ok) throw await refusal(response)
  return invoiceSchema.parse(await response.json())
}

function call(path: string): Promise<Response> {
  return fetch(new URL(path, process.env['PARTNER_API_URL'] ?? 'http://127.0.0.1:3001'), {
    headers: { 'x-api-key': process.env['PARTNER_API_KEY'] ?? 'demo-web-key' },
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
}

async function refusal(response: Response): Promise<Error> {
  const { pathname } = new URL(response.url)
  return new Error(
    `the partner API answered ${response.status} to ${pathname}: ${await response.text()}`,
  )
}
