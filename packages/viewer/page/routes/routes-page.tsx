import type { ReactElement } from 'react'
import type { RouteRow, RouteTable } from '../../src/api/routes.ts'
import { navigate } from '../location/location.ts'
import { ROUTES_PATH } from '../location/paths.ts'
import { EmptyState, Loading } from '../parts/empty-state.tsx'
import { Failure } from '../parts/failure.tsx'
import { useMinutes } from '../parts/minutes-choice.tsx'
import { NothingYet } from '../parts/nothing-yet.tsx'
import { PageBody, PageSentence } from '../parts/page-body.tsx'
import { useFreshResource } from '../parts/use-fresh-resource.ts'
import { SortAgain } from '../parts/sort-again.tsx'
import { useSteadyOrder } from '../parts/use-steady-order.ts'
import { useTitle } from '../parts/use-title.ts'
import { RouteFilters, useRouteFilter, useRouteSorting } from './route-filters.tsx'
import { filterRoutes } from './route-filter.ts'
import { routeKey } from './route-key.ts'
import { orderRoutes } from './route-order.ts'
import { RouteRows } from './route-rows.tsx'
import { summarizeRoutes } from './summarize-routes.ts'
import './routes.css'

/** Rate, errors and durations of each route, and whether it keeps what it promises. */
export function RoutesPage(): ReactElement {
  useTitle('Routes')
  const minutes = useMinutes()
  const { data, error, isSlow, answered, reload } = useFreshResource<RouteTable>(
    minutes === undefined ? '/api/routes' : `/api/routes?minutes=${minutes}`,
  )
  return (
    <PageBody title="Routes">
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {data === undefined && isSlow && <Loading />}
      {data !== undefined && <RouteList rows={data.routes} answered={answered ?? ''} />}
    </PageBody>
  )
}

function RouteList({
  rows,
  answered,
}: {
  readonly rows: readonly RouteRow[]
  /** What was asked for. */
  readonly answered: string
}): ReactElement {
  const filter = useRouteFilter()
  const [sorting, setSorting] = useRouteSorting()
  const {
    rows: shown,
    isOutdated,
    sortAgain,
  } = useSteadyOrder(
    orderRoutes(filterRoutes(rows, filter), sorting),
    routeKey,
    JSON.stringify([answered, filter, sorting]),
  )
  const isAll = useMinutes() === undefined
  if (rows.length === 0 && isAll) return <NothingYet title="No request has been seen yet" />
  return (
    <>
      <PageSentence>
        {rows.length === 0 ? 'No request came in that time.' : summarizeRoutes(rows)}
      </PageSentence>
      <RouteFilters rows={rows}>
        <span role="status" className="muted">
          {shown.length === rows.length ? '' : `${shown.length} of ${rows.length} shown`}
        </span>
        {isOutdated && <SortAgain onSort={sortAgain} />}
      </RouteFilters>
      {shown.length > 0 ? (
        <RouteRows rows={shown} sorting={sorting} onSort={setSorting} />
      ) : (
        <NothingMatches isEmpty={rows.length === 0} />
      )}
    </>
  )
}

function NothingMatches({ isEmpty }: { readonly isEmpty: boolean }): ReactElement {
  return (
    <EmptyState title={isEmpty ? 'Nothing is that new' : 'No route is like that'}>
      <p>
        <button type="button" onClick={() => navigate(ROUTES_PATH)}>
          {isEmpty ? 'Show all that is stored' : 'Show all routes'}
        </button>
      </p>
    </EmptyState>
  )
}
