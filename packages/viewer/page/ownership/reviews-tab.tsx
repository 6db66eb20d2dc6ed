import type { OwnershipReport, Review } from '@throughline/monitoring'
import type { ReactElement } from 'react'
import { Cell, Heads, RowHead, StackedTable } from '../parts/stacked-table.tsx'
import { TeamChip } from '../parts/team-chip.tsx'
import { counted, wordReview } from '@throughline/monitoring/report-words'

const LOOKS: Readonly<Record<Review['state'], string>> = {
  overdue: 'ownership-bad',
  never: 'ownership-bad',
  soon: 'ownership-warning',
  excepted: 'muted',
  fine: 'muted',
}

/** When each team and service was last looked at, and which rules are silenced until when. */
export function ReviewsTab({
  report: { reviews, exceptions },
}: {
  readonly report: OwnershipReport
}): ReactElement {
  return (
    <>
      <h2>Exceptions</h2>
      <p className="muted">Which rules are silenced, and until when.</p>
      {exceptions.length === 0 ? (
        <p>No rule is silenced.</p>
      ) : (
        <StackedTable
          label="Exceptions"
          heads={<Heads of={['silenced for', 'rule', 'until', 'asked for by', 'reason']} />}
        >
          <tbody role="rowgroup">
            {exceptions.map(({ rule, target, until, daysLeft, reason, by, soon }) => (
              <tr role="row" key={`${rule} ${target}`}>
                <RowHead>
                  <code>{target}</code>
                </RowHead>
                <Cell of="rule">
                  <code>{rule}</code>
                </Cell>
                <Cell of="until">
                  <span className={soon ? 'ownership-warning' : 'muted'}>
                    {until}, in {counted(daysLeft, 'day')}
                  </span>
                </Cell>
                <Cell of="asked for by">
                  <TeamChip team={by} />
                </Cell>
                <Cell of="reason">{reason}</Cell>
              </tr>
            ))}
          </tbody>
        </StackedTable>
      )}
      <h2>Reviews</h2>
      <p className="muted">When each team and service was last looked at.</p>
      <StackedTable
        label="Reviews"
        heads={<Heads of={['review of', 'team', 'last', 'how often', 'next']} />}
      >
        <tbody role="rowgroup">
          {reviews.map(review => {
            const { of, name, team, reviewedAt, everyDays, state } = review
            return (
              <tr role="row" key={`${of} ${name}`}>
                <RowHead>
                  {of} {name}
                </RowHead>
                <Cell of="team">
                  <TeamChip team={team} />
                </Cell>
                <Cell of="last">{reviewedAt ?? 'never'}</Cell>
                <Cell of="how often">every {counted(everyDays, 'day')}</Cell>
                <Cell of="next">
                  <span className={LOOKS[state]}>{wordReview(review)}</span>
                </Cell>
              </tr>
            )
          })}
        </tbody>
      </StackedTable>
    </>
  )
}
