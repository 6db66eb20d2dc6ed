import type { ReactNode } from 'react'
import { INVOICE_STATUSES } from '#lib/invoice-filter.ts'

/** The query of an address, as a visitor may have typed it. */
export type Asked = Readonly<Record<string, string | string[] | undefined>>

/** Asks for invoices by status and day. Works without JavaScript. */
export function InvoiceFilterForm({
  asked,
  complaint,
}: {
  readonly asked: Asked
  readonly complaint: string | undefined
}): ReactNode {
  return (
    <form className="filter">
      <label>
        Status
        <select name="status" defaultValue={asked['status']}>
          <option value="">any</option>
          {INVOICE_STATUSES.map(status => (
            <option key={status}>{status}</option>
          ))}
        </select>
      </label>
      <label>
        From
        <input type="date" name="from" defaultValue={asked['from']} />
      </label>
      <label>
        To
        <input type="date" name="to" defaultValue={asked['to']} />
      </label>
      <button type="submit" className="quiet">
        Show
      </button>
      {complaint !== undefined && (
        <p role="alert" className="complaint">
          {complaint}
        </p>
      )}
    </form>
  )
}
