import { ROLES } from '@throughline/catalog'
import type { RecordingRule } from '../alerts/alert-rule.ts'
import type { Ownership } from '../ownership.ts'
import { holderOf, type NamedService } from '../partition/shares.ts'
import { RECORDED } from '../recorded-series.ts'

/** Who owns what, as series for tables in dashboards. Alerts never join with them. */
export function ownerSeries(
  { resolver }: Ownership,
  { name, service }: NamedService,
): RecordingRule[] {
  return [
    ...service.routes.map(({ match, team, unowned, audience, work }) => ({
      record: RECORDED.routeOwner,
      expr: 'vector(1)',
      labels: {
        service: name,
        route: match.text,
        team: team ?? `unowned ${unowned}`,
        ...(audience === undefined ? {} : { audience }),
        work: work ?? 'request',
      },
    })),
    ...ROLES.map(role => ({
      record: RECORDED.roleHolder,
      expr: 'vector(1)',
      labels: { service: name, role, team: holderOf(resolver, name, role).team },
    })),
  ]
}
