import type { AlertName } from '../alerts/alert-list.ts'
import type { TeamRules } from '../alerts/team-rules.ts'
import type { OutputFile } from '../output-file.ts'
import type { Ownership } from '../ownership.ts'
import type { NotificationOptions } from '../routing/alertmanager-config.ts'
import { listNamedChannels } from '../routing/named-channels.ts'
import { createRoutingTree, type RoutingNode } from '../routing/routing-tree.ts'
import { WATCHDOG } from '../routing/receiver-names.ts'
import type { YamlValue } from '../yaml-text.ts'
import { contactPoint } from './contact-points.ts'
import { managedRule } from './managed-rule.ts'
import { notificationPolicy } from './policies.ts'
import { GRAFANA_FOLDER, renderProvisioning } from './provisioning.ts'
import { renderTombstones } from './tombstones.ts'

/** How often rules are evaluated that say nothing else: as Prometheus does by default. */
const INTERVAL = '1m'

/**
 * Alerts, contact points and notification policies as Grafana provisions them from files, and the deletion of what
 * `previous`, the files that are replaced, by path, held besides.
 *
 * A contact point cannot be empty, so the watchdog is there only when a secret names who would miss it.
 */
export function renderGrafanaFiles(
  { catalog }: Ownership,
  rules: readonly TeamRules[],
  previous: ReadonlyMap<string, string>,
  { watchdogSecret }: Pick<NotificationOptions, 'watchdogSecret'> = {},
): readonly OutputFile[] {
  const watched = watchdogSecret !== undefined
  const tree = createRoutingTree(catalog)
  const files = [
    {
      path: `${GRAFANA_FOLDER}/contact-points.yaml`,
      text: renderProvisioning(
        '# Each ${NAME} is an environment variable of Grafana, $$ stands for a dollar.',
        { contactPoints: listNamedChannels(catalog, watchdogSecret).map(contactPoint) },
      ),
    },
    {
      path: `${GRAFANA_FOLDER}/policies.yaml`,
      text: renderProvisioning(
        '# Replaces the whole tree of policies of the organisation. Alertmanager also inhibits; Grafana has no file for that.',
        { policies: [{ orgId: 1, ...notificationPolicy(watched ? tree : withoutWatchdog(tree)) }] },
      ),
    },
    ...rules.flatMap(team => ruleFile(team, watched)),
  ]
  const current = new Map(files.map(({ path, text }) => [path, text]))
  return [...files, renderTombstones(previous, current)].toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  )
}

const withoutWatchdog = (tree: RoutingNode): RoutingNode => ({
  ...tree,
  routes: tree.routes.filter(({ receiver }) => receiver !== WATCHDOG),
})

function ruleFile({ team, alerts }: TeamRules, watched: boolean): OutputFile[] {
  const watchdog: AlertName = 'Watchdog'
  const groups = alerts
    .map(group => ({
      ...group,
      rules: group.rules.filter(({ alert }) => watched || alert !== watchdog),
    }))
    .filter(group => group.rules.length > 0)
    .map((group): YamlValue => ({
      orgId: 1,
      name: group.name,
      folder: team,
      interval: group.interval ?? INTERVAL,
      rules: group.rules.map(managedRule),
    }))
  if (groups.length === 0) return []
  const text = renderProvisioning(
    `# Recording rules stay in Prometheus, which these alerts ask: load alerts/*/recording.rules.yaml there.`,
    { groups },
  )
  return [{ path: `${GRAFANA_FOLDER}/rules-${team}.yaml`, text }]
}
