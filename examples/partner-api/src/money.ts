/** One line of an invoice, as stored: old ones were imported with quantities that nobody had checked. */
interface Line {
  readonly quantity: string
  readonly unit_cents: number
}

/** What the lines cost together, in cents. Throws when a quantity is no whole number: a guess would be a wrong bill. */
export function addUp(lines: readonly Line[]): number {
  return lines.reduce(
    (total, { quantity, unit_cents }) => total + parseQuantity(quantity) * unit_cents,
    0,
  )
}

function parseQuantity(text: string): number {
  const quantity = Number(text)
  if (!Number.isInteger(quantity)) throw new TypeError(`the quantity "${text}" is no whole number`)
  return quantity
}
