import { code, escapeMarkdown } from '../../markdown.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createText, renderTable } from '../panels/plain-panels.ts'

/** What the catalog says of the hosts and databases that services depend on. */
export const dependencyOwners = (scope: DashboardScope): Panel =>
  createText(scope, {
    title: 'Dependencies in the catalog',
    says: 'Each dependency that the catalog lists, with the team that is told when it fails. A host above that is not here belongs to the team of the service.',
    width: 24,
    height: 7,
    markdown: renderTable(['Service', 'Dependency', 'Team', 'Critical'], listDependencies(scope)),
  })

function listDependencies({ ownership: { catalog }, services }: DashboardScope): string[][] {
  return services.flatMap(service =>
    (catalog.services.get(service)?.dependencies ?? []).map(({ host, db, team, critical }) => [
      code(service),
      host === undefined ? `database ${code(String(db))}` : code(host),
      escapeMarkdown(catalog.teams.get(team)?.name ?? team),
      critical === true ? 'yes' : '',
    ]),
  )
}
