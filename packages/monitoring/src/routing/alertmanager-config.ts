import type { Catalog } from '@throughline/catalog'
import { GENERATED_LINE } from '../generated-line.ts'
import { renderYaml, type YamlValue } from '../yaml-text.ts'
import { type Channel, SLACK_WEBHOOK_SECRET } from './channel.ts'
import { type Inhibition, INHIBITIONS } from './inhibitions.ts'
import { listNamedChannels } from './named-channels.ts'
import { WATCHDOG } from './receiver-names.ts'
import { alertmanagerVersion, MAIL_RELAY, renderReceiver } from './receivers.ts'
import { createRoutingTree, type RoutingNode } from './routing-tree.ts'

/** Options of everything that notifies. */
export interface NotificationOptions {
  /** Folder in which Alertmanager finds a file for each secret that the catalog names as `env:NAME`. @default '/run/secrets' */
  readonly secretsFolder?: string
  /**
   * Secret with the address of a service that raises the alarm when the watchdog goes quiet. Without one nobody notices
   * when alerting itself stops. @default none
   */
  readonly watchdogSecret?: string
}

/**
 * The whole configuration of Alertmanager: one receiver a team and severity, the tree that leads to them, and inhibitions.
 *
 * Holds no secret, only the names of the files that do. Throws when a team's alerts would reach nobody.
 */
export function renderAlertmanagerConfig(
  catalog: Catalog,
  { secretsFolder = '/run/secrets', watchdogSecret }: NotificationOptions = {},
): string {
  const named = listNamedChannels(catalog, watchdogSecret)
  const channels = named.map(({ channel }) => channel)
  const secrets = [...new Set(channels.map(({ secret }) => secret))].toSorted()
  const mail = new Set(channels.flatMap(({ kind, secret }) => (kind === 'email' ? secret : [])))
  const receivers = named.map(({ name, channel, preface }) =>
    renderReceiver(name, channel, { secretsFolder, preface }),
  )
  return [
    `${GENERATED_LINE}
# Needs Alertmanager ${alertmanagerVersion(channels)} or newer, and a file for each of these in ${secretsFolder}:
${secrets.map(secret => `#   ${secret}`).join('\n')}
`,
    renderYaml(globalSettings(channels, secretsFolder)),
    mail.size === 0
      ? ''
      : renderYaml({ templates: [...mail].toSorted().map(secret => `${secretsFolder}/${secret}`) }),
    '\n# The first child that matches gets an alert. What names no team of the catalog stays here, and is a ticket.\n',
    renderYaml({ route: routeOf(createRoutingTree(catalog)) }),
    '\n',
    renderYaml({ receivers }),
    watchdogSecret === undefined ? QUIET_WATCHDOG : '',
    '\ninhibit_rules:\n',
    ...INHIBITIONS.map(
      inhibition => `  # ${inhibition.reason}\n${renderYaml([inhibitRule(inhibition)], '  ')}`,
    ),
  ].join('')
}

/** As an item of the receivers before it. */
const QUIET_WATCHDOG = `  # No secret names a service that would miss the watchdog, so nobody is told when alerting itself stops.
  - name: ${WATCHDOG}
`

function globalSettings(channels: readonly Channel[], secretsFolder: string): YamlValue {
  const has = (kind: Channel['kind']): boolean => channels.some(channel => channel.kind === kind)
  return {
    global: {
      resolve_timeout: '5m',
      ...(has('slack-channel')
        ? { slack_api_url_file: `${secretsFolder}/${SLACK_WEBHOOK_SECRET}` }
        : {}),
      ...(has('email')
        ? {
            smtp_smarthost: MAIL_RELAY,
            smtp_from: 'alertmanager@localhost',
            smtp_require_tls: false,
          }
        : {}),
    },
  }
}

function routeOf({
  receiver,
  match,
  continue: goesOn,
  groupBy,
  timing,
  routes,
}: RoutingNode): YamlValue {
  const matchers = Object.entries(match).map(matcherOf)
  return {
    receiver,
    matchers: matchers.length === 0 ? undefined : matchers,
    continue: goesOn,
    group_by: groupBy,
    group_wait: timing?.groupWait,
    group_interval: timing?.groupInterval,
    repeat_interval: timing?.repeatInterval,
    routes: routes.length === 0 ? undefined : routes.map(routeOf),
  }
}

const matcherOf = ([label, value]: readonly [string, string]): string =>
  `${label}=${JSON.stringify(value)}`

function inhibitRule({ source, targets, equal }: Inhibition): YamlValue {
  const [only, ...more] = targets
  return {
    source_matchers: [`alertname="${source}"`],
    target_matchers: [
      more.length === 0 ? `alertname="${only}"` : `alertname=~"${targets.join('|')}"`,
    ],
    equal,
  }
}
