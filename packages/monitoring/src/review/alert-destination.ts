import { ThroughlineError } from '@throughline/conventions'
import type { AlertRule } from '../alerts/alert-rule.ts'
import type { Ownership } from '../ownership.ts'
import type { ToldSeverity } from '../routing/receiver-names.ts'
import { routeAlert } from '../routing/route-alert.ts'
import { createRoutingTree } from '../routing/routing-tree.ts'
import { channelOf } from '../routing/team-channel.ts'

/** Where an alert goes. */
export interface Destination {
  /** Receiver of Alertmanager. */
  readonly receiver: string
  /** Channel of the catalog that the receiver tells; none where neither the team nor the default team has one. */
  readonly channel: string | undefined
  /** Team whose channel it is. */
  readonly channelTeam: string | undefined
}

/** Answers where alerts go, by the routing tree of the catalog. */
export function createDestinations({ catalog }: Ownership): (rule: AlertRule) => Destination {
  const tree = createRoutingTree(catalog)
  return ({ alert, labels }) => {
    const receiver = routeAlert(tree, { alertname: alert, ...labels }).join(', ')
    if (labels.severity === 'none') return { receiver, channel: undefined, channelTeam: undefined }
    return { receiver, ...reachOf({ catalog }, labels.team, labels.severity) }
  }
}

/** The channel that tells a team; nothing where nobody would be told. */
export function reachOf(
  { catalog }: Pick<Ownership, 'catalog'>,
  team: string,
  severity: ToldSeverity,
): Pick<Destination, 'channel' | 'channelTeam'> {
  try {
    const { channel, team: channelTeam } = channelOf(catalog, team, severity)
    return { channel: channel.text, channelTeam }
  } catch (error) {
    // That nobody is told is for the reader to see, among all else.
    if (ThroughlineError.is(error) && error.code === 'NO_CHANNEL') {
      return { channel: undefined, channelTeam: undefined }
    }
    throw error
  }
}

/** Labels that say who is told, or that the name of what an alert is about tells already. */
const NOT_TELLING = new Set([
  'team',
  'role',
  'service',
  'severity',
  'kind',
  'ownership',
  'objective',
])

/** What tells an alert from others of its name, team and service: `availability, 1h`. */
export function alertDetail({ labels }: AlertRule, besides: readonly string[] = []): string {
  return Object.entries(labels)
    .filter(([label]) => !NOT_TELLING.has(label) && !besides.includes(label))
    .map(([, value]) => value)
    .join(', ')
}
