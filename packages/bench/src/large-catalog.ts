/** How large a catalog of the benchmark is. */
export interface CatalogSize {
  readonly teams: number
  readonly services: number
  readonly routes: number
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE']

/** The text of a catalog of this size, as a large organisation would write it: a third of the routes promise something. */
export function writeLargeCatalog({ teams, services, routes }: CatalogSize): string {
  const team = (index: number): string => `team-${index % teams}`
  const lines = [
    'version: 1',
    'org: { github: acme, defaultTeam: team-0 }',
    'teams:',
    ...Array.from(
      { length: teams },
      (_, index) =>
        `  ${team(index)}: { name: Team ${index}, github: "@acme/${team(index)}", sentry: ${team(index)}, channels: { people: "#${team(index)}", page: pagerduty:env:PAGERDUTY_${index}, ticket: "#${team(index)}-alerts", notice: "#${team(index)}-feed" }, reviewedAt: 2026-10-02 }`,
    ),
    'services:',
  ]
  for (let index = 0; index < services; index++) {
    lines.push(...writeService(index, Math.round(routes / services), team))
  }
  return `${lines.join('\n')}\n`
}

function writeService(index: number, routes: number, team: (index: number) => string): string[] {
  return [
    `  service-${index}:`,
    '    kind: node',
    `    hosts: [service-${index}.example.com]`,
    `    paths: ["services/service-${index}/**"]`,
    `    roles: { productionFix: ${team(index)}, schemaApproval: ${team(index + 1)}, authReview: ${team(1)}, performance: ${team(index)}, productNotice: ${team(2)} }`,
    '    routes:',
    ...Array.from({ length: routes }, (_, route) => {
      const match = `${METHODS[route % METHODS.length]} /v1/things-${route}/:id`
      const objective =
        route % 3 === 0 ? ', objective: { availability: 99.9, latency: { p95: 500ms } }' : ''
      return `      - { match: "${match}", team: ${team(index + (route % 5))}, audience: internal${objective} }`
    }),
    `    queues: [{ name: jobs-${index}, team: ${team(index)}, maxAge: 5m }]`,
    '    dependencies:',
    `      - { db: things-${index}, team: ${team(index)}, critical: true }`,
    `      - { host: service-${index + 1}.example.com, team: ${team(index + 1)} }`,
    '    reviewedAt: 2026-10-02',
    '    reviewEvery: 90d',
  ]
}
