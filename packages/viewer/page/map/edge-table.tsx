import { formatDuration } from '@throughline/trace/format-duration'
import type { ReactElement } from 'react'
import type { MapEdge, MapNode, ServiceMap } from '../../src/api/service-map.ts'
import { Link } from '../location/link.tsx'
import { useParameter } from '../location/location.ts'
import { tracesPath } from '../location/paths.ts'
import { formatRate, formatShare } from '../parts/rate.ts'
import { ServiceName } from '../parts/service-name.tsx'
import { SortAgain } from '../parts/sort-again.tsx'
import { SortHeader } from '../parts/sort-header.tsx'
import {
  readSorting,
  renderSorting,
  type Sorting,
  sortRows,
  type SortValue,
} from '../parts/sorted-rows.ts'
import { Cell, Heads, RowHead, StackedTable } from '../parts/stacked-table.tsx'
import { TeamChip } from '../parts/team-chip.tsx'
import { useSteadyOrder } from '../parts/use-steady-order.ts'
import { createNames } from './map-words.ts'
import { formatCount } from '../parts/count-text.ts'

const COLUMNS = ['from', 'to', 'calls', 'rate', 'errors', 'p95', 'teams'] as const
type Column = (typeof COLUMNS)[number]

const BUSIEST_FIRST: Sorting<Column> = { column: 'calls', direction: 'descending' }
const NUMBERS: readonly Column[] = ['calls', 'rate', 'errors', 'p95']

/** Who calls whom, as rows. */
export function EdgeTable({
  map: { nodes, edges },
  answered,
}: {
  readonly map: ServiceMap
  /** What was asked for. */
  readonly answered: string
}): ReactElement {
  const [text, setText] = useParameter('sort')
  const sorting = readSorting(text, COLUMNS, BUSIEST_FIRST)
  const nameOf = createNames(nodes)
  const nodeOf = new Map(nodes.map(node => [node.id, node]))
  const { rows, isOutdated, sortAgain } = useSteadyOrder(
    sortRows(edges, edge => valueOf(edge, sorting.column, nameOf), sorting.direction),
    ({ from, to }) => JSON.stringify([from, to]),
    JSON.stringify([answered, sorting]),
  )
  const heads = (
    <>
      {COLUMNS.map(column => (
        <SortHeader
          key={column}
          column={column}
          sorting={sorting}
          onSort={next => setText(renderSorting(next))}
          {...(NUMBERS.includes(column)
            ? { first: 'descending' as const, className: 'number' }
            : {})}
        >
          {column}
        </SortHeader>
      ))}
      <Heads of={['traces']} />
    </>
  )
  return (
    <section className="map-table" aria-labelledby="map-table-title">
      <h2 id="map-table-title">Who calls whom {isOutdated && <SortAgain onSort={sortAgain} />}</h2>
      <StackedTable label="Who calls whom" heads={heads}>
        <tbody role="rowgroup">
          {rows.map(edge => (
            <EdgeLine
              key={JSON.stringify([edge.from, edge.to])}
              edge={edge}
              from={nodeOf.get(edge.from)}
              to={nodeOf.get(edge.to)}
            />
          ))}
        </tbody>
      </StackedTable>
    </section>
  )
}

function valueOf(edge: MapEdge, column: Column, nameOf: (id: string) => string): SortValue {
  switch (column) {
    case 'from':
      return nameOf(edge.from)
    case 'to':
      return nameOf(edge.to)
    case 'calls':
      return edge.calls
    case 'rate':
      return edge.rate
    case 'errors':
      return edge.errors / Math.max(1, edge.calls)
    case 'p95':
      return edge.p95Ms
    case 'teams':
      return edge.teams.join(', ') || undefined
  }
}

function EdgeLine({
  edge: { calls, rate, errors, p95Ms, teams, search },
  from,
  to,
}: {
  readonly edge: MapEdge
  readonly from: MapNode | undefined
  readonly to: MapNode | undefined
}): ReactElement {
  return (
    <tr role="row">
      <RowHead>
        <NodeName node={from} />
        <span className="map-towards"> calls</span>
      </RowHead>
      <Cell of="to">
        <NodeName node={to} />
      </Cell>
      <Cell of="calls" className="number">
        {formatCount(calls)}
      </Cell>
      <Cell of="rate" className="number">
        {formatRate(rate)}
      </Cell>
      <Cell of="errors" className={errors > 0 ? 'number failed' : 'number muted'}>
        {errors === 0 ? 'none' : `${formatCount(errors)} (${formatShare(errors, calls)})`}
      </Cell>
      <Cell of="p95" className="number">
        {formatDuration(p95Ms)}
      </Cell>
      <Cell of="teams">
        {teams.map(team => (
          <TeamChip key={team} team={team} />
        ))}
      </Cell>
      <Cell of="traces">
        <Link href={tracesPath(search)}>
          traces
          <span className="visually-hidden">
            {' '}
            from {from?.name} to {to?.name}
          </span>
        </Link>
      </Cell>
    </tr>
  )
}

function NodeName({ node }: { readonly node: MapNode | undefined }): ReactElement | null {
  if (node === undefined) return null
  const { name, kind, instrumented } = node
  if (kind === 'service') return <ServiceName name={name} outside={!instrumented} />
  return (
    <span>
      {name}
      {kind !== 'browser' && <span className="muted"> {kind}</span>}
    </span>
  )
}
