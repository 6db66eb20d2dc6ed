import type { ReportedAlert } from '@throughline/monitoring'
import type { ReactElement } from 'react'
import { Cell, RowHead } from '../parts/stacked-table.tsx'
import { TeamChip } from '../parts/team-chip.tsx'
import type { DecidingPart } from './alert-lines.ts'
import { DecidedBy } from './decided-by.tsx'
import { ROLE_WORDS } from '@throughline/monitoring/report-words'
import { webAddress } from './web-address.ts'

/** One alert: what it says, who gets it and where, and what of the catalog decided that. */
export function AlertLine({
  alert: { alert, title, detail, team, severity, service, role, ...where },
  parts,
}: {
  readonly alert: ReportedAlert
  readonly parts: readonly DecidingPart[]
}): ReactElement {
  return (
    <tr role="row">
      <RowHead>
        {title}{' '}
        <span className="ownership-note">
          {alert}
          {detail !== '' && `, ${detail}`}
        </span>
      </RowHead>
      <Cell of="team">
        <TeamChip team={team} />
      </Cell>
      <Cell of="severity">{severity === 'page' ? <strong>{severity}</strong> : severity}</Cell>
      <Cell of="service">{service === 'all' ? 'all services' : service}</Cell>
      <Cell of="role">
        <span title={ROLE_WORDS[role]}>{role}</span>
      </Cell>
      <Cell of="goes to">
        {where.receiver} <Channel {...where} severity={severity} team={team} />
      </Cell>
      <Cell of="decided by">
        <ul className="ownership-parts">
          {parts.map(({ name, at }) => (
            <li key={name}>{at === undefined ? name : <DecidedBy at={at}>{name}</DecidedBy>}</li>
          ))}
        </ul>
      </Cell>
      <Cell of="see" className="ownership-see">
        <Elsewhere address={where.runbook} word="runbook" of={alert} />
        <Elsewhere address={where.dashboard} word="dashboard" of={alert} />
      </Cell>
    </tr>
  )
}

function Channel({
  channel,
  channelTeam,
  severity,
  team,
}: Pick<ReportedAlert, 'channel' | 'channelTeam' | 'severity' | 'team'>): ReactElement {
  if (channel === undefined)
    return severity === 'none' ? <></> : <strong className="ownership-bad"> nobody</strong>
  return (
    <span className="ownership-note">
      {channel}
      {channelTeam !== team && <span className="ownership-warning"> of {channelTeam}</span>}
    </span>
  )
}

/** A link out of the viewer; the text alone where it is no address of the web. */
function Elsewhere({
  address,
  word,
  of,
}: {
  readonly address: string
  readonly word: string
  /** What it is about, for who hears only the link. */
  readonly of: string
}): ReactElement {
  const href = webAddress(address)
  if (href === undefined) return <code>{address}</code>
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {word}
      <span className="visually-hidden"> of {of}, in another tab</span>
    </a>
  )
}
