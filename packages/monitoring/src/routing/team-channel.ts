import type { Catalog, Channels } from '@throughline/catalog'
import { ThroughlineError } from '@throughline/conventions'
import { type Channel, parseChannel } from './channel.ts'
import type { ToldSeverity } from './receiver-names.ts'

type Purpose = Exclude<keyof Channels, 'line'>

/** A channel, and whose it is. */
export interface TeamChannel {
  readonly channel: Channel
  /** The team itself, or the org's default team where the team has no channel that will do. */
  readonly team: string
  /** For what the catalog names the channel. */
  readonly purpose: Purpose
}

/**
 * Where a team's alerts go: to the first of these channels that the team has, else to the first that the org's default team
 * has. A pager is no substitute: nobody is woken for a ticket.
 */
const CHANNELS_FOR: Readonly<Record<ToldSeverity, readonly Purpose[]>> = {
  page: ['page', 'ticket', 'people', 'notice'],
  ticket: ['ticket', 'people', 'notice'],
  notice: ['notice', 'ticket', 'people'],
}

/**
 * The channel that gets a team's alerts of a severity. Throws when neither the team nor the org's default team has one: an
 * alert never goes to nobody.
 */
export function channelOf(
  { teams, org }: Catalog,
  team: string,
  severity: ToldSeverity,
): TeamChannel {
  const fallback = org.defaultTeam.team
  const wanted = CHANNELS_FOR[severity]
  const found =
    firstOf(teams.get(team)?.channels, team, wanted) ??
    // The last of all is the pager: somebody woken for little is better than nobody told.
    firstOf(teams.get(fallback)?.channels, fallback, [...wanted, 'page'])
  if (found !== undefined) return found
  throw new ThroughlineError(
    `A ${severity} for team "${team}" reaches nobody: neither it nor the default team "${fallback}" has a channel`,
    {
      code: 'NO_CHANNEL',
      fix: `Give team ${fallback} a channel: channels: { ticket: "#${fallback}-alerts" }.`,
    },
  )
}

function firstOf(
  channels: Channels | undefined,
  team: string,
  purposes: readonly Purpose[],
): TeamChannel | undefined {
  for (const purpose of purposes) {
    const text = channels?.[purpose]
    if (text !== undefined) return { channel: parseChannel(text), team, purpose }
  }
  return undefined
}
