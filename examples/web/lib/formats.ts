const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })

/** An amount as a person reads it, e.g. `€1,234.50`. */
export function formatCents(cents: number, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(cents / 100)
}

/** A day as a person reads it, e.g. `4 Mar 2026`, from `2026-03-04`. */
export function formatDay(day: string): string {
  return date.format(new Date(day))
}
