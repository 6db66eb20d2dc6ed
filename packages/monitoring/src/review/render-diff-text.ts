import {
  alertName,
  arrow,
  type DiffGroup,
  groupDiff,
  moveName,
  summarizeDiff,
} from './diff-wording.ts'
import type { Changed, OwnershipDiff } from './ownership-diff.ts'

/** A difference as text for a terminal. */
export function renderDiffText(diff: OwnershipDiff): string {
  const { teams, services, routes, channels, approvals } = diff
  return [
    summarizeDiff(diff),
    ...section('teams', changes(teams)),
    ...section('services', changes(services)),
    ...section('routes', changes(routes)),
    ...groupDiff(diff).flatMap(renderGroup),
    ...section(
      'channels',
      channels.map(({ team, severity, from, to }) => `${team} ${severity}: ${arrow(from, to)}`),
    ),
    ...section(
      'must approve',
      approvals.map(({ team, lead, github, because }) => {
        const people = [lead, github].filter(handle => handle !== undefined).join(' ')
        return `${team}${people === '' ? '' : ` (${people})`}: ${because.join(', ')}`
      }),
    ),
    '',
  ].join('\n')
}

function renderGroup({ title, moves, alerts, dashboards }: DiffGroup): string[] {
  return section(title, [
    ...moves.map(
      move => `${moveName(move)}  ${arrow(move.decidedBefore, move.decidedNow, '(no line)')}`,
    ),
    ...align(
      alerts.map(alert => [
        `alert ${alertName(alert)}`,
        alert.about,
        arrow(alert.from?.receiver, alert.to?.receiver),
        arrow(alert.from?.channel, alert.to?.channel),
      ]),
    ),
    ...align(
      dashboards.map(({ dashboard, about, from, to }) => [
        `dashboard ${dashboard}`,
        about.length === 0 ? (from === undefined ? 'is new' : 'is gone') : about.join(', '),
        arrow(from?.uid, to?.uid),
      ]),
    ),
  ])
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map(line => `  ${line}`)]

const changes = ({ added, removed }: Changed<string>): string[] => [
  ...added.map(name => `+ ${name}`),
  ...removed.map(name => `- ${name}`),
]

/** Columns wide enough for what they hold, but the last. */
function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.min(60, Math.max(...rows.map(row => (row[column] ?? '').length))),
  )
  return rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(column === row.length - 1 ? 0 : (widths[column] ?? 0)))
      .join('  '),
  )
}
