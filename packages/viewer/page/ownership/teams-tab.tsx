import type { OwnershipReport, Reach, ReportedTeam } from '@throughline/monitoring'
import type { ReactElement } from 'react'
import { Link } from '../location/link.tsx'
import { ownershipPath } from '../location/paths.ts'
import { Cell, Heads, RowHead, StackedTable } from '../parts/stacked-table.tsx'
import { TeamChip } from '../parts/team-chip.tsx'

const COLUMNS = [
  'team',
  'lead',
  'talk to it',
  'pages',
  'tickets',
  'notices',
  'fixes in production',
  'routes',
  'alerts',
  'reviewed',
]

/** Each team, and how it is reached. */
export function TeamsTab({
  report: { teams },
}: {
  readonly report: OwnershipReport
}): ReactElement {
  return (
    <>
      <h2>Teams</h2>
      <p className="muted">Where each is reached, and what it answers for.</p>
      <StackedTable label="Teams" heads={<Heads of={COLUMNS} numbers={['routes', 'alerts']} />}>
        <tbody role="rowgroup">
          {teams.map(team => (
            <TeamLine key={team.id} team={team} />
          ))}
        </tbody>
      </StackedTable>
    </>
  )
}

function TeamLine({ team }: { readonly team: ReportedTeam }): ReactElement {
  const { id, name, lead, github, people, services, routes, alerts, reviewedAt } = team
  const none = <span className="muted">none</span>
  return (
    <tr role="row">
      <RowHead>
        <TeamChip team={id} /> <span className="ownership-note">{name}</span>
      </RowHead>
      <Cell of="lead">
        {lead ?? none} {github !== undefined && <span className="ownership-note">{github}</span>}
      </Cell>
      <Cell of="talk to it">{people ?? none}</Cell>
      <Cell of="pages">
        <ReachOf team={id} reach={team.page} />
      </Cell>
      <Cell of="tickets">
        <ReachOf team={id} reach={team.ticket} />
      </Cell>
      <Cell of="notices">
        <ReachOf team={id} reach={team.notice} />
      </Cell>
      <Cell of="fixes in production">{services.length === 0 ? none : services.join(', ')}</Cell>
      <Cell of="routes" className="number">
        <Link href={`${ownershipPath('routes')}?team=${encodeURIComponent(id)}`}>{routes}</Link>
      </Cell>
      <Cell of="alerts" className="number">
        <Link href={`${ownershipPath('alerts')}?team=${encodeURIComponent(id)}`}>{alerts}</Link>
      </Cell>
      <Cell of="reviewed">{reviewedAt ?? <span className="ownership-warning">never</span>}</Cell>
    </tr>
  )
}

function ReachOf({
  team,
  reach: { channel, channelTeam },
}: {
  readonly team: string
  readonly reach: Reach
}): ReactElement {
  if (channel === undefined) return <strong className="ownership-bad">nobody</strong>
  return (
    <>
      <code>{channel}</code>{' '}
      {channelTeam !== team && (
        <span className="ownership-note ownership-warning">of {channelTeam}</span>
      )}
    </>
  )
}
