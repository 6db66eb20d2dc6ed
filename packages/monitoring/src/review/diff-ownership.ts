import { compileOwnership } from '../ownership.ts'
import { diffAlerts, diffChannels, type Version } from './diff-alerts.ts'
import { diffDashboards } from './diff-dashboards.ts'
import { changed, listMoves } from './diff-moves.ts'
import type { Approval, ChannelMove, Move, OwnershipDiff } from './ownership-diff.ts'

/**
 * What a change of the catalog means: which routes, roles, queues and dependencies move from which team to which, with every
 * alert, receiver and dashboard that moves with them, and who has to agree. Without an earlier version, all is new.
 */
export function diffOwnership(earlier: Version | undefined, after: Version): OwnershipDiff {
  const before = earlier ?? nothingBefore(after)
  const [old, now] = [before.ownership.catalog, after.ownership.catalog]
  const moves = listMoves(before.ownership, after.ownership)
  const channels = diffChannels(before.ownership, after.ownership)
  return {
    schema: 1,
    teams: changed(old.teams.keys(), now.teams.keys()),
    services: changed(old.services.keys(), now.services.keys()),
    routes: changed(routesOf(before), routesOf(after)),
    moves,
    alerts: diffAlerts(before, after),
    channels,
    dashboards: diffDashboards(before.ownership, after.ownership, moves),
    approvals: listApprovals(before, after, moves, channels),
  }
}

/** The catalog before it had anything. */
function nothingBefore({ ownership }: Version): Version {
  const nothing = { teams: new Map(), services: new Map(), decisions: [], exceptions: [] }
  return { ownership: compileOwnership({ ...ownership.catalog, ...nothing }), rules: [] }
}

function routesOf({ ownership }: Version): string[] {
  return [...ownership.catalog.services].flatMap(([name, { routes }]) =>
    routes.map(({ match }) => `${name} ${match.text}`),
  )
}

function listApprovals(
  before: Version,
  after: Version,
  moves: readonly Move[],
  channels: readonly ChannelMove[],
): readonly Approval[] {
  const reasons = new Map<string, string[]>()
  const add = (team: string | undefined, reason: string): void => {
    if (team !== undefined) reasons.set(team, [...(reasons.get(team) ?? []), reason])
  }
  for (const { what, role, from, to } of moves) {
    const thing = role === undefined ? what : `${what} ${role}`
    add(from, `loses ${thing}`)
    add(to, `gains ${thing}`)
  }
  for (const { team, severity } of channels) add(team, `hears of its ${severity} alerts elsewhere`)
  return [...reasons.keys()].toSorted().map(team => {
    const { lead, github } =
      after.ownership.catalog.teams.get(team) ?? before.ownership.catalog.teams.get(team) ?? {}
    return { team, lead, github, because: reasons.get(team) ?? [] }
  })
}
