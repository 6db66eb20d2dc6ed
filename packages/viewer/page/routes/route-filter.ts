import type { RouteRow } from '../../src/api/routes.ts'
import { promiseState } from './route-promise.ts'
import { routeTitle } from './route-key.ts'

/** How the choice of a team names routes that have none. */
export const NO_TEAM = 'no team'

/** What somebody wants to see; an empty text is anything. */
export interface RouteFilter {
  readonly text: string
  readonly service: string
  readonly team: string
  readonly audience: string
  readonly missedOnly: boolean
}

/** The routes that a filter leaves. Each word of the text must stand in a route, its service, its team or its audience. */
export function filterRoutes(
  rows: readonly RouteRow[],
  { text, service, team, audience, missedOnly }: RouteFilter,
): readonly RouteRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter(row => {
    const where = [routeTitle(row), row.service, row.team ?? NO_TEAM, row.audience ?? '']
      .join(' ')
      .toLowerCase()
    return (
      words.every(word => where.includes(word)) &&
      (service === '' || row.service === service) &&
      (team === '' || (row.team ?? NO_TEAM) === team) &&
      (audience === '' || row.audience === audience) &&
      (!missedOnly || promiseState(row) === 'missed')
    )
  })
}

/** Each value once, by name. */
export const distinct = (values: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(values.filter(value => value !== undefined))].toSorted()
