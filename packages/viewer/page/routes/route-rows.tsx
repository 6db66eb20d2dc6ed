import { type ReactElement, useRef } from 'react'
import type { RouteRow } from '../../src/api/routes.ts'
import { SortHeader } from '../parts/sort-header.tsx'
import type { Sorting } from '../parts/sorted-rows.ts'
import { Heads, StackedTable } from '../parts/stacked-table.tsx'
import { useRowKeys } from '../parts/use-row-keys.ts'
import { RouteLine } from './route-line.tsx'
import { routeKey } from './route-key.ts'
import type { RouteColumn } from './route-order.ts'

/** Columns that sort, in the table's order around the one that does not. */
const BEFORE_TREND = [
  { column: 'route', word: 'route' },
  { column: 'service', word: 'service' },
  { column: 'team', word: 'team' },
  { column: 'audience', word: 'audience', className: 'routes-second' },
  { column: 'rate', word: 'rate', className: 'number' },
] as const
const AFTER_TREND = [
  { column: 'errors', word: 'errors', className: 'number' },
  { column: 'p50', word: 'p50', className: 'number routes-third' },
  { column: 'p95', word: 'p95', className: 'number' },
  { column: 'p99', word: 'p99', className: 'number routes-third' },
  { column: 'promise', word: 'promise' },
  { column: 'seen', word: 'last seen', className: 'routes-second' },
] as const

/** Columns of which the first of the alphabet comes first, not the largest. */
const BY_NAME: readonly RouteColumn[] = ['route', 'service', 'team', 'audience']

/** The table of routes. */
export function RouteRows({
  rows,
  sorting,
  onSort,
}: {
  readonly rows: readonly RouteRow[]
  readonly sorting: Sorting<RouteColumn>
  readonly onSort: (sorting: Sorting<RouteColumn>) => void
}): ReactElement {
  const table = useRef<HTMLDivElement>(null)
  useRowKeys(table)
  const head = ({
    column,
    word,
    className,
  }: {
    readonly column: RouteColumn
    readonly word: string
    readonly className?: string
  }): ReactElement => (
    <SortHeader
      key={column}
      column={column}
      sorting={sorting}
      onSort={onSort}
      first={BY_NAME.includes(column) ? 'ascending' : 'descending'}
      {...(className === undefined ? {} : { className })}
    >
      {word}
    </SortHeader>
  )
  const heads = (
    <>
      {BEFORE_TREND.map(head)}
      <th scope="col" role="columnheader" className="routes-third">
        trend
      </th>
      {AFTER_TREND.map(head)}
      <Heads of={['traces']} />
    </>
  )
  return (
    <div ref={table}>
      <StackedTable label="Routes" heads={heads}>
        <tbody role="rowgroup">
          {rows.map(row => (
            <RouteLine key={routeKey(row)} row={row} />
          ))}
        </tbody>
      </StackedTable>
    </div>
  )
}
