import type { OwnershipReport, ReportedAlert } from '@throughline/monitoring'
import { type ReactElement, useState } from 'react'
import { useParameter } from '../location/location.ts'
import { TextFilter, ValueChoice } from '../parts/choice.tsx'
import { Heads, StackedTable } from '../parts/stacked-table.tsx'
import { filterAlerts, sayAlerts } from './alert-filter.ts'
import { createPartFinder } from './alert-lines.ts'
import { AlertLine } from './alert-line.tsx'
import { counted } from '@throughline/monitoring/report-words'

/** Rows that are drawn at first: more are there when they are asked for. */
const AT_FIRST = 300

/** Each alert of the generated rules. */
export function AlertsTab({ report }: { readonly report: OwnershipReport }): ReactElement {
  const [text, setText] = useParameter('text')
  const [team, setTeam] = useParameter('team')
  const [severity, setSeverity] = useParameter('severity')
  const [isWhole, setWhole] = useState(false)
  const found = filterAlerts(report.alerts, { text, team, severity })
  const shown = isWhole ? found : found.slice(0, AT_FIRST)
  const partsOf = createPartFinder(report)
  return (
    <>
      <h2>Alerts</h2>
      <p className="muted">
        Each alert with its role and severity, the receiver that gets it and the channel behind it.
      </p>
      <div className="filters">
        <TextFilter
          of="alerts"
          fields="alert, service, role, channel"
          value={text}
          onType={setText}
        />
        <ValueChoice
          label="team"
          values={report.teams.map(({ id }) => id)}
          value={team}
          onChoose={setTeam}
        />
        <ValueChoice
          label="severity"
          values={['page', 'ticket', 'notice', 'none']}
          value={severity}
          onChoose={setSeverity}
        />
        <span role="status" className="muted">
          {counted(found.length, 'alert')}
          {found.length > 0 && `: ${sayAlerts(found)}`}
        </span>
      </div>
      {found.length === 0 ? (
        <p>No alert is like that.</p>
      ) : (
        <StackedTable
          label="Alerts"
          heads={
            <Heads
              of={['alert', 'team', 'severity', 'service', 'role', 'goes to', 'decided by', 'see']}
            />
          }
        >
          <tbody role="rowgroup">
            {shown.map(alert => (
              <AlertLine key={keyOf(alert)} alert={alert} parts={partsOf(alert.decidedBy)} />
            ))}
          </tbody>
        </StackedTable>
      )}
      {shown.length < found.length && (
        <p>
          <button type="button" onClick={() => setWhole(true)}>
            Show the other {found.length - shown.length}
          </button>
        </p>
      )}
    </>
  )
}

const keyOf = ({
  team,
  alert,
  detail,
  service,
  role,
  severity,
  decidedBy,
}: ReportedAlert): string =>
  JSON.stringify([team, alert, detail, service, role, severity, decidedBy])
