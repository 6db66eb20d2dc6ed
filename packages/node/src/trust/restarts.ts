import {
  HTTP_ROUTE_VALUE_UNMATCHED,
  METRIC_THROUGHLINE_TRACES_RESTARTED,
} from '@throughline/conventions'
import type { Metrics } from '../metrics/instruments.ts'
import type { ServedRequests } from '../requests/served-requests.ts'

/** Counts the requests whose traces were not continued, by route, which is known only at their end. */
export function countRestarts(requests: ServedRequests, metrics: Metrics): void {
  const restarts = metrics.instrument(METRIC_THROUGHLINE_TRACES_RESTARTED)
  requests.listen(({ restarted, route = HTTP_ROUTE_VALUE_UNMATCHED }) => {
    if (restarted !== undefined) restarts.add([route, restarted], 1)
  })
}
