import type { Catalog } from '@throughline/catalog'
import type { AlertName } from '../alerts/alert-list.ts'
import { receiverOf, type ToldSeverity, UNROUTED, WATCHDOG } from './receiver-names.ts'

/** When alerts of a group are told, in Prometheus' notation. */
export interface Timing {
  /** How long to wait for more alerts of the group, and for those that inhibit them. */
  readonly groupWait: string
  /** How long to wait before what has changed in the group is told. */
  readonly groupInterval: string
  /** How long to wait before what has not changed is told again. */
  readonly repeatInterval: string
}

/** A node of the tree that an alert walks down, as Alertmanager and Grafana do: the first child that matches takes it. */
export interface RoutingNode {
  readonly receiver: string
  /** Values that labels must have. The root has none. */
  readonly match: Readonly<Record<string, string>>
  /** Whether siblings behind it get to see the alert too. */
  readonly continue?: true
  readonly groupBy?: readonly string[]
  readonly timing?: Timing
  readonly routes: readonly RoutingNode[]
}

/** One notification tells of one alert in one service; it is the group that has a runbook and a silence. */
const GROUP_BY = ['alertname', 'team', 'service', 'severity'] as const

/** Alertmanager keeps what it has told for 5 days, so nothing repeats later than that. */
const TIMING: Readonly<Record<ToldSeverity | 'root' | 'watchdog', Timing>> = {
  root: { groupWait: '30s', groupInterval: '5m', repeatInterval: '12h' },
  // What watches the watchdog misses it after two of these.
  watchdog: { groupWait: '0s', groupInterval: '1m', repeatInterval: '5m' },
  page: { groupWait: '15s', groupInterval: '1m', repeatInterval: '4h' },
  // Longer than a page waits: the page is there when the ticket asks whether it is inhibited.
  ticket: { groupWait: '1m', groupInterval: '5m', repeatInterval: '24h' },
  notice: { groupWait: '5m', groupInterval: '1h', repeatInterval: '72h' },
}

const WATCHDOG_ALERT: AlertName = 'Watchdog'

/**
 * The tree of a catalog: the watchdog, then each team, and for everything else the root. What a team gets is a ticket, unless
 * it is a page or a notice.
 */
export function createRoutingTree({ teams }: Catalog): RoutingNode {
  return {
    receiver: UNROUTED,
    match: {},
    groupBy: GROUP_BY,
    timing: TIMING.root,
    routes: [
      {
        receiver: WATCHDOG,
        match: { alertname: WATCHDOG_ALERT },
        timing: TIMING.watchdog,
        routes: [],
      },
      ...[...teams.keys()].toSorted().map(teamNode),
    ],
  }
}

const teamNode = (team: string): RoutingNode => ({
  receiver: receiverOf(team, 'ticket'),
  match: { team },
  timing: TIMING.ticket,
  routes: (['page', 'notice'] as const).map(severity => ({
    receiver: receiverOf(team, severity),
    match: { severity },
    timing: TIMING[severity],
    routes: [],
  })),
})
