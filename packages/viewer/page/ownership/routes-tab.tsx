import type { OwnershipReport, ReportedRoute } from '@throughline/monitoring'
import type { ReactElement } from 'react'
import type { SeenRoute } from '../../src/api/ownership.ts'
import { Link } from '../location/link.tsx'
import { useParameter } from '../location/location.ts'
import { searchTerm, tracesPath } from '../location/paths.ts'
import { TextFilter, ValueChoice } from '../parts/choice.tsx'
import { ServiceName } from '../parts/service-name.tsx'
import { Cell, Heads, RowHead, StackedTable } from '../parts/stacked-table.tsx'
import { TeamChip } from '../parts/team-chip.tsx'
import { DecidedBy } from './decided-by.tsx'
import { OwnerChip } from './owner-chip.tsx'
import { counted } from '@throughline/monitoring/report-words'
import { groupRoutes } from './route-groups.ts'

const COLUMNS = ['route', 'service', 'audience', 'work', 'promises', 'line']

/** What the catalog lists, by team, after what it does not list. */
export function RoutesTab({
  report,
  seen,
}: {
  readonly report: OwnershipReport
  readonly seen: readonly SeenRoute[]
}): ReactElement {
  const [text, setText] = useParameter('text')
  const [team, setTeam] = useParameter('team')
  const groups = groupRoutes(report.routes, { text, team })
  return (
    <>
      <UnlistedRoutes report={report} seen={seen} />
      <h2>Routes by team</h2>
      <p className="muted">
        What the catalog lists. Other requests go to the team that fixes the service in production.
      </p>
      <div className="filters">
        <TextFilter of="routes" fields="path, service, audience" value={text} onType={setText} />
        <ValueChoice
          label="team"
          values={report.teams.map(({ id }) => id)}
          value={team}
          onChoose={setTeam}
        />
      </div>
      {groups.length === 0 ? (
        <p>No route is like that.</p>
      ) : (
        <StackedTable label="Routes by team" heads={<Heads of={COLUMNS} />}>
          {groups.map(group => (
            <tbody role="rowgroup" key={group.team ?? ''}>
              <tr role="row" className="ownership-group">
                <th scope="rowgroup" role="rowheader" colSpan={COLUMNS.length}>
                  {group.team === undefined ? 'unowned by design' : <TeamChip team={group.team} />}{' '}
                  <span className="muted">{counted(group.routes.length, 'route')}</span>
                </th>
              </tr>
              {group.routes.map(route => (
                <RouteLine key={`${route.service} ${route.match}`} route={route} />
              ))}
            </tbody>
          ))}
        </StackedTable>
      )}
    </>
  )
}

function RouteLine({
  route: { service, match, audience, work, lifecycle, objective, decidedBy },
}: {
  readonly route: ReportedRoute
}): ReactElement {
  return (
    <tr role="row">
      <RowHead>
        <code>{match}</code>
        {lifecycle !== undefined && <span className="muted"> {lifecycle}</span>}
      </RowHead>
      <Cell of="service">
        <ServiceName name={service} />
      </Cell>
      <Cell of="audience">{audience}</Cell>
      <Cell of="work">{work}</Cell>
      <Cell of="promises">{objective}</Cell>
      <Cell of="line">
        <DecidedBy at={decidedBy} />
      </Cell>
    </tr>
  )
}

function UnlistedRoutes({
  report: { unlisted = [] },
  seen,
}: {
  readonly report: OwnershipReport
  readonly seen: readonly SeenRoute[]
}): ReactElement {
  const rows = [
    ...unlisted.map(({ service, method, path, at, team }) => ({
      service,
      method,
      path,
      team,
      where: <code>{at}</code>,
    })),
    ...seen.map(({ service, method, route, requests, team }) => ({
      service,
      method,
      path: route,
      team,
      where: (
        <Link
          href={tracesPath(
            [
              searchTerm('route', route),
              searchTerm('method', method),
              searchTerm('service', service),
            ].join(' '),
          )}
        >
          {counted(requests, 'request')}
        </Link>
      ),
    })),
  ]
  if (rows.length === 0) return <></>
  return (
    <>
      <h2 className="ownership-warning">Not in the catalog</h2>
      <p className="muted">
        The code serves them or requests reached them, and no line lists them.
      </p>
      <StackedTable
        label="Not in the catalog"
        heads={<Heads of={['route', 'service', 'told for now', 'seen']} />}
      >
        <tbody role="rowgroup">
          {rows.map(({ service, method, path, team, where }) => (
            <tr role="row" key={`${service} ${method} ${path}`}>
              <RowHead>
                <code>
                  {method} {path}
                </code>
              </RowHead>
              <Cell of="service">
                <ServiceName name={service} />
              </Cell>
              <Cell of="told for now">
                <OwnerChip team={team} byDefault />
              </Cell>
              <Cell of="seen">{where}</Cell>
            </tr>
          ))}
        </tbody>
      </StackedTable>
    </>
  )
}
