import type { OwnershipReport } from '@throughline/monitoring'
import type { ReactElement } from 'react'
import type { SeenRoute } from '../../src/api/ownership.ts'
import { Link } from '../location/link.tsx'
import { ownershipPath } from '../location/paths.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Cell, Heads, RowHead, StackedTable } from '../parts/stacked-table.tsx'
import { TeamChip } from '../parts/team-chip.tsx'
import { listAllDecisions } from './decision-list.ts'

/** How things stand in four numbers, and what waits for a team. */
export function SummaryTab({
  report,
  seen,
}: {
  readonly report: OwnershipReport
  readonly seen: readonly SeenRoute[]
}): ReactElement {
  const decisions = listAllDecisions(report, seen)
  return (
    <>
      <Figures report={report} />
      <h2>To decide</h2>
      {decisions.length === 0 ? (
        <p className="ownership-good">
          Nothing needs a decision: no review is due soon, no exception is about to end, and every
          team is reached.
        </p>
      ) : (
        <>
          <p className="muted">
            The most urgent first, with the team that it waits for and what settles it.
          </p>
          <StackedTable
            label="To decide"
            heads={<Heads of={['state', 'what', 'waits for', 'settled by']} />}
          >
            <tbody role="rowgroup">
              {decisions.map(({ level, state, what, team, mend }) => (
                <tr role="row" key={`${state} ${what} ${team}`}>
                  <RowHead>
                    <strong className={level === 'overdue' ? 'ownership-bad' : 'ownership-warning'}>
                      {state}
                    </strong>
                  </RowHead>
                  <Cell of="what">{what}</Cell>
                  <Cell of="waits for">{team !== '' && <TeamChip team={team} />}</Cell>
                  <Cell of="settled by">
                    <code>{mend}</code>{' '}
                    <CopyButton text={mend} label={`Copy what settles it: ${what}`} />
                  </Cell>
                </tr>
              ))}
            </tbody>
          </StackedTable>
        </>
      )}
    </>
  )
}

function Figures({
  report: { coverage, services, teams, alerts },
}: {
  readonly report: OwnershipReport
}): ReactElement {
  const { routes, owned } = coverage
  const share = routes === 0 ? '' : `, ${Math.floor((100 * owned) / routes)} %`
  const pages = alerts.filter(({ severity }) => severity === 'page').length
  const figures = [
    { what: 'routes with a team', tab: 'routes', value: owned, note: `of ${routes}${share}` },
    { what: 'services', tab: 'services', value: services.length, note: '' },
    { what: 'teams', tab: 'teams', value: teams.length, note: '' },
    { what: 'alerts', tab: 'alerts', value: alerts.length, note: `${pages} wake somebody` },
  ]
  return (
    <dl className="ownership-figures">
      {figures.map(({ what, tab, value, note }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            <Link href={ownershipPath(tab)}>{value}</Link> <small>{note}</small>
          </dd>
        </div>
      ))}
    </dl>
  )
}
