import type { OwnershipReport } from '@throughline/monitoring'
import type { ReactElement } from 'react'
import { ServiceName } from '../parts/service-name.tsx'
import { Cell, Heads, RowHead, StackedTable } from '../parts/stacked-table.tsx'
import { DecidedBy } from './decided-by.tsx'
import { OwnerChip } from './owner-chip.tsx'
import { ROLE_WORDS } from '@throughline/monitoring/report-words'

/** Each role of each service. */
export function ServicesTab({
  report: { services },
}: {
  readonly report: OwnershipReport
}): ReactElement {
  return (
    <>
      <h2>Who does what</h2>
      <p className="muted">
        Each role of each service, and the line that gives it. A dashed team has it only because the
        catalog names nobody.
      </p>
      <div className="ownership-roles">
        <StackedTable
          label="Roles of services"
          heads={<Heads of={['service', ...Object.values(ROLE_WORDS)]} />}
        >
          <tbody role="rowgroup">
            {services.map(({ name, kind, criticality, roles }) => (
              <tr role="row" key={name}>
                <RowHead>
                  <strong>
                    <ServiceName name={name} outside={kind === 'external'} />
                  </strong>{' '}
                  <span className="ownership-note">
                    {criticality === undefined ? kind : `${kind}, ${criticality}`}
                  </span>
                </RowHead>
                {roles.map(({ role, team, decidedBy, byDefault }) => (
                  <Cell key={role} of={ROLE_WORDS[role]}>
                    <OwnerChip team={team} byDefault={byDefault} />
                    <DecidedBy at={decidedBy} {...(byDefault ? { children: 'by default' } : {})} />
                  </Cell>
                ))}
              </tr>
            ))}
          </tbody>
        </StackedTable>
      </div>
    </>
  )
}
