import {
  alertName,
  arrow,
  type DiffGroup,
  groupDiff,
  moveName,
  summarizeDiff,
} from './diff-wording.ts'
import { code, escapeMarkdown, table } from '../markdown.ts'
import type { Approval, Changed, OwnershipDiff } from './ownership-diff.ts'

/** More rows than this are folded away. */
const OPEN_ROWS = 12
/** GitHub takes no comment of more than 65,536 characters: that is some 400 rows. */
const MOST_ROWS = 300

/** A difference as a comment on a pull request. */
export function renderDiffMarkdown(diff: OwnershipDiff): string {
  const { teams, services, routes, channels, approvals } = diff
  return [
    '### Ownership',
    '',
    escapeMarkdown(summarizeDiff(diff)),
    ...(approvals.length === 0
      ? []
      : ['', '**Must approve**', '', ...approvals.map(renderApproval)]),
    ...groupDiff(diff).flatMap(renderGroup),
    ...(channels.length === 0
      ? []
      : [
          '',
          '#### Channels',
          '',
          ...channels.map(
            ({ team, severity, from, to }) =>
              `- ${code(team)} ${severity}: ${from === undefined ? 'nobody' : code(from)} → ${to === undefined ? 'nobody' : code(to)}`,
          ),
        ]),
    ...renderChanges('Teams', teams),
    ...renderChanges('Services', services),
    ...renderChanges('Routes', routes),
    '',
  ].join('\n')
}

/** Handles stand as they are, so that GitHub tells those whom they name. */
function renderApproval({ team, lead, github, because }: Approval): string {
  const people = [github, lead].filter(handle => handle !== undefined).join(', ')
  return `- ${people === '' ? code(team) : `${code(team)} ${people}`}: ${few(because).map(escapeMarkdown).join(', ')}`
}

function renderGroup({ title, moves, alerts, dashboards }: DiffGroup): string[] {
  return [
    '',
    `#### ${escapeMarkdown(title)}`,
    ...(moves.length === 0 ? [] : ['']),
    ...few(
      moves.map(
        move =>
          `- ${code(moveName(move))}, ${escapeMarkdown(arrow(move.decidedBefore, move.decidedNow, 'no line'))}`,
      ),
    ),
    ...renderTable(
      'alert',
      ['alert', 'about', 'receiver', 'reaches'],
      alerts.map(alert => [
        escapeMarkdown(alertName(alert)),
        code(alert.about),
        escapeMarkdown(arrow(alert.from?.receiver, alert.to?.receiver)),
        escapeMarkdown(arrow(alert.from?.channel, alert.to?.channel)),
      ]),
    ),
    ...renderTable(
      'dashboard',
      ['dashboard', 'about', 'before', 'now'],
      dashboards.map(({ dashboard, about, from, to }) => [
        escapeMarkdown(dashboard),
        about.length === 0 ? 'as a whole' : few(about).map(code).join(', '),
        from === undefined ? 'none' : `[${escapeMarkdown(from.uid)}](${from.url})`,
        to === undefined ? 'none' : `[${escapeMarkdown(to.uid)}](${to.url})`,
      ]),
    ),
  ]
}

function renderTable(
  noun: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  if (rows.length === 0) return []
  const lines = ['', ...table(head, rows.slice(0, MOST_ROWS))]
  const more = rows.length - MOST_ROWS
  if (more > 0) lines.push('', `and ${more} more: \`throughline owners diff\` lists them all`)
  if (rows.length <= OPEN_ROWS) return lines
  return ['', `<details><summary>${rows.length} ${noun}s</summary>`, ...lines, '', '</details>']
}

function renderChanges(title: string, { added, removed }: Changed<string>): string[] {
  const lines = [
    ...added.map(name => `- added ${code(name)}`),
    ...removed.map(name => `- removed ${code(name)}`),
  ]
  return lines.length === 0 ? [] : ['', `#### ${title}`, '', ...few(lines)]
}

const FEW = 50

function few(items: readonly string[]): string[] {
  const more = items.length - FEW
  return more > 0 ? [...items.slice(0, FEW), `and ${more} more`] : [...items]
}
