import { ROLES } from '@throughline/catalog'
import type { DashboardKey } from '../alerts/alert-list.ts'
import { type DashboardGrant, grantDashboards } from '../dashboards/dashboard-grants.ts'
import { dashboardUid } from '../dashboards/dashboard-uid.ts'
import type { Holding } from '../dashboards/holdings.ts'
import type { Ownership } from '../ownership.ts'
import type { DashboardEnd, DashboardMove, Move } from './ownership-diff.ts'

/** A catalog, the dashboards of each team, and which of them show what. */
interface Granted {
  readonly ownership: Ownership
  readonly grants: ReadonlyMap<string, ReadonlyMap<DashboardKey, DashboardGrant>>
  /** Dashboards by team and by what they show, as {@link shownBy} names it. */
  readonly shown: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<DashboardKey>>>
}

function grant(ownership: Ownership): Granted {
  const grants = grantDashboards(ownership)
  const shown = new Map([...grants].map(([team, granted]) => [team, indexShown(granted)] as const))
  return { ownership, grants, shown }
}

function indexShown(
  granted: ReadonlyMap<DashboardKey, DashboardGrant>,
): ReadonlyMap<string, ReadonlySet<DashboardKey>> {
  const index = new Map<string, Set<DashboardKey>>()
  for (const [key, { holdings }] of granted) {
    for (const name of holdings.flatMap(shownBy)) {
      index.set(name, (index.get(name) ?? new Set()).add(key))
    }
  }
  return index
}

/** What a holding shows, by the names of moves. */
function shownBy({ kind, services, decidedBy }: Holding): string[] {
  const rule = decidedBy.slice(decidedBy.indexOf(': ') + 2)
  if (kind === 'lastResort') return [kind]
  if (!(ROLES as readonly string[]).includes(kind)) return [rule]
  return [
    rule,
    ...services.flatMap(service => [
      ...(rule === 'org.defaultTeam' ? [`${service} ${kind}`] : []),
      ...(kind === 'productionFix' ? [inheritedFrom(service)] : []),
    ]),
  ]
}

/** What a team shows of a service since it has all of it. */
const inheritedFrom = (service: string): string => `all of ${service}`

/** Dashboards on which something is looked at no more, where it is now, and those that come and go as a whole. */
export function diffDashboards(
  before: Ownership,
  after: Ownership,
  moves: readonly Move[],
): readonly DashboardMove[] {
  const [old, now] = [grant(before), grant(after)]
  const found = new Map<string, DashboardMove>()
  for (const move of moves) {
    const ends = endsOf(old, now, move)
    for (const [dashboard, { from, to }] of ends) {
      const id = `${dashboard} ${from?.team} ${to?.team}`
      const what = move.role === undefined ? move.what : `${move.what} ${move.role}`
      const about = [...(found.get(id)?.about ?? []), what]
      found.set(id, { dashboard, about, from, to })
    }
  }
  const all = [...found.values(), ...wholeDashboards(old, now)]
  const idOf = ({ dashboard, from, to }: DashboardMove): string =>
    [from?.team, to?.team, dashboard].join(' ')
  return all.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
}

type Ends = Pick<DashboardMove, 'from' | 'to'>

/** The dashboards that something is on, before and now. */
function endsOf(old: Granted, now: Granted, move: Move): ReadonlyMap<DashboardKey, Ends> {
  const from = dashboardsWith(old, move.from, move)
  const to = dashboardsWith(now, move.to, move)
  return new Map(
    [...new Set([...from.listed, ...to.listed])].map(key => {
      const isOn = ({ listed, inherited }: Shown): boolean => listed.has(key) || inherited.has(key)
      return [
        key,
        {
          from: isOn(from) ? endOf(old, move.from, key) : undefined,
          to: isOn(to) ? endOf(now, move.to, key) : undefined,
        },
      ]
    }),
  )
}

/** Dashboards of a team that show something: since it is listed, or since the team has the whole service. */
interface Shown {
  readonly listed: ReadonlySet<DashboardKey>
  readonly inherited: ReadonlySet<DashboardKey>
}

function dashboardsWith({ shown }: Granted, team = '', { kind, what, role }: Move): Shown {
  const named = kind === 'default' ? 'lastResort' : role === undefined ? what : `${what} ${role}`
  const [service = ''] = what.split(' ', 1)
  const keysOf = (name: string): ReadonlySet<DashboardKey> =>
    shown.get(team)?.get(name) ?? new Set()
  return { listed: keysOf(named), inherited: keysOf(inheritedFrom(service)) }
}

function wholeDashboards(old: Granted, now: Granted): DashboardMove[] {
  const teams = new Set([...old.grants.keys(), ...now.grants.keys()])
  return [...teams].flatMap(team => {
    const [had, has] = [old.grants.get(team), now.grants.get(team)]
    const keys = new Set([...(had?.keys() ?? []), ...(has?.keys() ?? [])])
    return [...keys]
      .filter(key => had?.has(key) !== has?.has(key))
      .map(dashboard => ({
        dashboard,
        about: [],
        from: had?.has(dashboard) === true ? endOf(old, team, dashboard) : undefined,
        to: has?.has(dashboard) === true ? endOf(now, team, dashboard) : undefined,
      }))
  })
}

function endOf({ ownership }: Granted, team = '', key: DashboardKey): DashboardEnd {
  return { team, uid: dashboardUid(key, team), url: ownership.links.dashboard(key, team) }
}
