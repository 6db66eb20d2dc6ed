import type { ReactElement, ReactNode } from 'react'
import type { Sorting } from './sorted-rows.ts'
import './sort-header.css'

/** Head of a column that sorts by it: once in its first direction, again the other way. */
export function SortHeader<Column extends string>({
  column,
  sorting,
  onSort,
  first = 'ascending',
  className,
  children,
}: {
  readonly column: Column
  /** How the table is sorted now. */
  readonly sorting: Sorting<Column>
  readonly onSort: (sorting: Sorting<Column>) => void
  /** Direction of the first click: `descending` where the largest is what people look for. */
  readonly first?: Sorting<Column>['direction']
  readonly className?: string
  readonly children: ReactNode
}): ReactElement {
  const isSorted = sorting.column === column
  const other = sorting.direction === 'ascending' ? 'descending' : 'ascending'
  return (
    <th scope="col" className={className} aria-sort={isSorted ? sorting.direction : 'none'}>
      <button
        type="button"
        className="sort-header"
        onClick={() => onSort({ column, direction: isSorted ? other : first })}
      >
        {children}
        <span className="sort-header-mark" aria-hidden="true">
          {isSorted ? (sorting.direction === 'ascending' ? '▲' : '▼') : ''}
        </span>
      </button>
    </th>
  )
}
