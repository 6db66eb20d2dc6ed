import type { ReactElement, ReactNode } from 'react'
import './stacked-table.css'

// The roles are said, too, since a browser may forget them where the style lays a table out as something else.

/** A table; where the window is narrow each row stands as a block, in which each cell says its column. */
export function StackedTable({
  label,
  heads,
  children,
}: {
  /** What the table is of, for who cannot see it. */
  readonly label: string
  /** One `th` a column. */
  readonly heads: ReactNode
  /** One or several `tbody`. */
  readonly children: ReactNode
}): ReactElement {
  return (
    <table className="stacked" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">{heads}</tr>
      </thead>
      {children}
    </table>
  )
}

/** One cell of a {@link StackedTable}. */
export function Cell({
  of,
  className,
  children,
}: {
  /** Name of its column, which is said before it where the window is narrow. */
  readonly of: string
  readonly className?: string
  readonly children: ReactNode
}): ReactElement {
  return (
    <td role="cell" data-column={of} className={className}>
      {children}
    </td>
  )
}

/** The cell that names its row. */
export function RowHead({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <th scope="row" role="rowheader">
      {children}
    </th>
  )
}

/** Heads of columns that do not sort. */
export function Heads({
  of,
  numbers = [],
}: {
  readonly of: readonly string[]
  /** Those that are numbers. */
  readonly numbers?: readonly string[]
}): ReactElement {
  return (
    <>
      {of.map(head => (
        <th
          key={head}
          scope="col"
          role="columnheader"
          className={numbers.includes(head) ? 'number' : undefined}
        >
          {head}
        </th>
      ))}
    </>
  )
}
