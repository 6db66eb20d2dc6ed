import type { AlertMove, DashboardMove, Move, OwnershipDiff } from './ownership-diff.ts'

/** What moves from one team to another, or comes, or goes. */
export interface DiffGroup {
  /** `billing → growth`. */
  readonly title: string
  readonly moves: readonly Move[]
  readonly alerts: readonly AlertMove[]
  readonly dashboards: readonly DashboardMove[]
}

/** The parts of a difference by the teams they move between; those that change hands before those that come and go. */
export function groupDiff({ moves, alerts, dashboards }: OwnershipDiff): readonly DiffGroup[] {
  const titles = new Set([
    ...moves.map(({ from, to }) => arrow(from, to)),
    ...alerts.map(({ from, to }) => arrow(from?.team, to?.team)),
    ...dashboards.map(({ from, to }) => arrow(from?.team, to?.team)),
  ])
  return [...titles]
    .toSorted(
      (a, b) => Number(a.includes('nobody')) - Number(b.includes('nobody')) || (a < b ? -1 : 1),
    )
    .map(title => ({
      title,
      moves: moves.filter(({ from, to }) => arrow(from, to) === title),
      alerts: alerts.filter(({ from, to }) => arrow(from?.team, to?.team) === title),
      dashboards: dashboards.filter(({ from, to }) => arrow(from?.team, to?.team) === title),
    }))
}

/** From one to the other, or that nothing changes. */
export function arrow(
  from: string | undefined,
  to: string | undefined,
  nothing = 'nobody',
): string {
  const [before, now] = [from ?? nothing, to ?? nothing]
  return before === now ? now : `${before} → ${now}`
}

/** `AvailabilityBurnFast (availability, 1h)`. */
export const alertName = ({ alert, detail }: AlertMove): string =>
  detail === '' ? alert : `${alert} (${detail})`

/** `web productionFix`, `web POST /api/billing/plan`. */
export const moveName = ({ what, role }: Move): string =>
  role === undefined ? what : `${what} ${role}`

/** One sentence on the whole: what moves, and who has to agree. */
export function summarizeDiff(diff: OwnershipDiff): string {
  const { moves, alerts, dashboards, channels, approvals, teams, services, routes } = diff
  const parts = [
    ...countsOf(moves),
    ...plural(alerts.length, 'alert'),
    ...plural(dashboards.filter(({ about }) => about.length > 0).length, 'dashboard'),
    ...plural(channels.length, 'channel'),
  ]
  const isSame = [teams, services, routes].every(
    ({ added, removed }) => added.length === 0 && removed.length === 0,
  )
  if (parts.length === 0)
    return isSame ? 'Nobody owns anything else than before.' : 'Nothing moves to another team.'
  const names = approvals.map(({ team }) => team)
  const verb = parts.length === 1 && parts[0]?.startsWith('1 ') === true ? 'moves' : 'move'
  const approve = names.length === 0 ? '' : `; ${listed(names)} must approve`
  return `${listed(parts)} ${verb}${approve}.`
}

const NOUNS: Readonly<Record<Move['kind'], string>> = {
  route: 'route',
  role: 'role',
  queue: 'queue',
  dependency: 'dependency',
  decision: 'decision',
  default: 'default team',
}

function countsOf(moves: readonly Move[]): string[] {
  return [...Map.groupBy(moves, ({ kind }) => kind)].flatMap(([kind, some]) =>
    plural(some.length, NOUNS[kind]),
  )
}

const plural = (amount: number, noun: string): string[] => {
  if (amount === 0) return []
  return [`${amount} ${amount === 1 ? noun : noun.replace(/y$/, 'ie').concat('s')}`]
}

/** `a, b and c`. */
function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`
}
