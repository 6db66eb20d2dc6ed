import { createHash } from 'node:crypto'
import type { DashboardKey } from '../alerts/alert-list.ts'

/** Longest uid that Grafana takes. */
const LONGEST = 40

/** Stable address of a team's dashboard: `billing-route-detail`; the end of a long one is a hash of it. */
export function dashboardUid(key: DashboardKey, team: string): string {
  return shortened(`${team}-${key}`)
}

/** A text as a uid of Grafana. */
export function shortened(text: string): string {
  const slug = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  if (slug.length <= LONGEST && slug === text) return slug
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8)
  return `${slug.slice(0, LONGEST - hash.length - 1)}-${hash}`
}
