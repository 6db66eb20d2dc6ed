/**
 * Rows as CSV (RFC 4180).
 *
 * Texts are quoted, and one that a spreadsheet would run as a formula gets an apostrophe in front: what a customer
 * typed into a description must stay a text on the bookkeeper's machine.
 */
export function renderCsv(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return [columns, ...rows].map(row => `${row.map(renderCell).join(',')}\r\n`).join('')
}

function renderCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return `"${text.replaceAll('"', '""')}"`
}
