import type { OwnershipReport } from '@throughline/monitoring'
import type { SeenRoute } from '../../src/api/ownership.ts'
import { counted, type Decision, listDecisions } from '@throughline/monitoring/report-words'

/** What waits for a team, by the report and by what was seen here; the most urgent first. */
export function listAllDecisions(
  report: OwnershipReport,
  seen: readonly SeenRoute[],
): readonly Decision[] {
  const inCode = new Set(
    report.unlisted?.map(({ service, method, path }) => `${service} ${method} ${path}`),
  )
  const unlisted = seen
    .filter(({ service, method, route }) => !inCode.has(`${service} ${method} ${route}`))
    .map(({ service, method, route, requests, team = '' }): Decision => ({
      level: 'soon',
      state: 'not in the catalog',
      what: `${service} ${method} ${route}, seen in ${counted(requests, 'request')}`,
      team,
      mend: `{ match: "${method} ${route}", team: … } under ${service}.routes`,
    }))
  return [...listDecisions(report), ...unlisted]
}
