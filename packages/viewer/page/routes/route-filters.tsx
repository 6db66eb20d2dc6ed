import type { ReactElement, ReactNode } from 'react'
import type { RouteRow } from '../../src/api/routes.ts'
import { useParameter } from '../location/location.ts'
import { Choice, TextFilter, ValueChoice } from '../parts/choice.tsx'
import { MinutesChoice } from '../parts/minutes-choice.tsx'
import { readSorting, renderSorting, type Sorting } from '../parts/sorted-rows.ts'
import { BY_URGENCY, ROUTE_COLUMNS, type RouteColumn } from './route-order.ts'
import { distinct, NO_TEAM, type RouteFilter } from './route-filter.ts'

/** What the address says of which routes are wanted. */
export function useRouteFilter(): RouteFilter {
  const [text] = useParameter('text')
  const [service] = useParameter('service')
  const [team] = useParameter('team')
  const [audience] = useParameter('audience')
  const [missed] = useParameter('missed')
  return { text, service, team, audience, missedOnly: missed !== '' }
}

/** How the address says that routes are sorted. */
export function useRouteSorting(): readonly [
  Sorting<RouteColumn>,
  (sorting: Sorting<RouteColumn>) => void,
] {
  const [text, setText] = useParameter('sort')
  return [
    readSorting(text, ROUTE_COLUMNS, BY_URGENCY),
    sorting => setText(sorting.column === 'urgency' ? '' : renderSorting(sorting)),
  ]
}

/** What is chosen from the narrow select, which has no room for directions. */
const ORDERS = [
  ['', 'failing first'],
  ['-rate', 'rate'],
  ['-errors', 'errors'],
  ['-p95', 'p95'],
  ['route', 'route'],
  ['-seen', 'last seen'],
] as const

/** Which routes are shown, over which time, and in which order. */
export function RouteFilters({
  rows,
  children,
}: {
  readonly rows: readonly RouteRow[]
  /** What stands beside the choices. */
  readonly children: ReactNode
}): ReactElement {
  const [text, setText] = useParameter('text')
  const [service, setService] = useParameter('service')
  const [team, setTeam] = useParameter('team')
  const [audience, setAudience] = useParameter('audience')
  const [missed, setMissed] = useParameter('missed')
  const [sort, setSort] = useParameter('sort')
  return (
    <div className="filters" role="group" aria-label="Which routes">
      <TextFilter of="routes" fields="path, service, team" value={text} onType={setText} />
      <ValueChoice
        label="service"
        values={distinct(rows.map(row => row.service))}
        value={service}
        onChoose={setService}
      />
      <ValueChoice
        label="team"
        values={distinct(rows.map(row => row.team ?? NO_TEAM))}
        value={team}
        onChoose={setTeam}
      />
      <ValueChoice
        label="audience"
        values={distinct(rows.map(row => row.audience))}
        value={audience}
        onChoose={setAudience}
      />
      <label className="choice">
        <input
          type="checkbox"
          checked={missed !== ''}
          onChange={event => setMissed(event.target.checked ? '1' : '')}
        />
        <span>missed objectives only</span>
      </label>
      <MinutesChoice />
      <Choice className="routes-sort" label="order" value={sort} onChoose={setSort}>
        {ORDERS.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
        {!ORDERS.some(([value]) => value === sort) && <option value={sort}>{sort}</option>}
      </Choice>
      {children}
    </div>
  )
}
