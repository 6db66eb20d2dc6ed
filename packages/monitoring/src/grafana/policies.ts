import type { RoutingNode } from '../routing/routing-tree.ts'
import type { YamlValue } from '../yaml-text.ts'

/** The tree of Alertmanager as notification policies of Grafana, which name matchers in lists. */
export function notificationPolicy(node: RoutingNode): {
  readonly [key: string]: YamlValue | undefined
} {
  const { receiver, match, continue: goesOn, groupBy, timing, routes } = node
  const matchers = Object.entries(match).map(([label, value]) => [label, '=', value])
  return {
    receiver,
    object_matchers: matchers.length === 0 ? undefined : matchers,
    continue: goesOn,
    group_by: groupBy,
    group_wait: timing?.groupWait,
    group_interval: timing?.groupInterval,
    repeat_interval: timing?.repeatInterval,
    routes: routes.length === 0 ? undefined : routes.map(notificationPolicy),
  }
}
