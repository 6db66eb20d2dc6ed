import type { OwnershipReport } from '@throughline/monitoring'

/** Something of the catalog that decided who gets an alert, and where it stands. */
export interface DecidingPart {
  /** `web POST /api/billing/plan`, `web productionFix`, `org.defaultTeam`. */
  readonly name: string
  /** `ownership.yaml:61`; undefined where the report has no line of it. */
  readonly at: string | undefined
}

/** Finds the lines behind what an alert says of itself: `ownership.yaml: web GET /invoices, web productionFix`. */
export function createPartFinder({
  services,
  routes,
}: Pick<OwnershipReport, 'services' | 'routes'>): (decidedBy: string) => readonly DecidingPart[] {
  const lines = new Map<string, string>()
  for (const { service, match, decidedBy } of routes) lines.set(`${service} ${match}`, decidedBy)
  for (const { name, roles } of services) {
    for (const { role, decidedBy, byDefault } of roles)
      lines.set(byDefault ? 'org.defaultTeam' : `${name} ${role}`, decidedBy)
  }
  return decidedBy =>
    decidedBy
      .replace(/^\S+: /, '')
      .split(', ')
      .map(name => ({ name, at: lines.get(name) }))
}
