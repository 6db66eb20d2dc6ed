import { z } from 'zod'

export const INVOICE_STATUSES = ['open', 'paid', 'void'] as const

/** A form sends a field that was left alone as an empty text. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(value => (value === '' ? undefined : value), schema.optional())

/** Which invoices: the form on the page and the export ask by the same rules. */
export const invoiceFilterSchema = z
  .object({
    status: optional(z.enum(INVOICE_STATUSES)),
    from: optional(z.iso.date()),
    to: optional(z.iso.date()),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'ends before it begins',
  })

export type InvoiceFilter = z.infer<typeof invoiceFilterSchema>

/** The filter as the query of an address; empty when it lets everything through. */
export function toQuery(filter: InvoiceFilter & { readonly customerId?: string }): string {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}
