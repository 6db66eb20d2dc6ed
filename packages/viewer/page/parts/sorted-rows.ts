/** A column, and in which direction its values go. */
export interface Sorting<Column extends string> {
  readonly column: Column
  readonly direction: 'ascending' | 'descending'
}

/** What stands in a row's column; undefined comes last in either direction. */
export type SortValue = string | number | undefined

/** The rows by the values of a column. Rows with the same value stay in their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => SortValue,
  direction: Sorting<string>['direction'],
): readonly Row[] {
  const sign = direction === 'ascending' ? 1 : -1
  return rows
    .map(row => ({ row, value: valueOf(row) }))
    .toSorted((left, right) => {
      if (left.value === undefined || right.value === undefined)
        return Number(left.value === undefined) - Number(right.value === undefined)
      return sign * compare(left.value, right.value)
    })
    .map(({ row }) => row)
}

function compare(left: string | number, right: string | number): number {
  return typeof left === 'number' && typeof right === 'number'
    ? left - right
    : String(left).localeCompare(String(right), undefined, { numeric: true })
}

/** How an address writes a sorting: `p95`, and `-p95` where the largest comes first. */
export const renderSorting = ({ column, direction }: Sorting<string>): string =>
  direction === 'ascending' ? column : `-${column}`

/** Reads {@link renderSorting}; the other one where it names no column. */
export function readSorting<Column extends string>(
  text: string,
  columns: readonly Column[],
  otherwise: Sorting<Column>,
): Sorting<Column> {
  const name = text.replace(/^-/, '')
  const column = columns.find(known => known === name)
  return column === undefined
    ? otherwise
    : { column, direction: text.startsWith('-') ? 'descending' : 'ascending' }
}
