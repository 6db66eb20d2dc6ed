import { shortened } from '../dashboards/dashboard-uid.ts'
import type { Channel, ChannelKind } from '../routing/channel.ts'
import {
  bySeverity,
  DETAILS,
  MARKDOWN,
  type Notifier,
  PLAIN,
  SLACK,
  summaryOf,
  textOf,
  titleOf,
} from '../routing/message-templates.ts'
import type { NamedChannel } from '../routing/named-channels.ts'
import type { YamlValue } from '../yaml-text.ts'
import { variable, withoutVariables } from './provisioning.ts'

type Settings = Readonly<Record<string, string | boolean | Readonly<Record<string, string>>>>

interface ContactPointKind {
  readonly type: string
  /** Setting that holds the secret. */
  readonly secret: string
  readonly settings: (channel: Channel, preface: string | undefined) => Settings
}

const GRAFANA: Notifier = { nameLabel: 'alert', silenceUrl: '.SilenceURL' }

const TITLE = titleOf(GRAFANA)

const slackMessage = (preface: string | undefined): Settings => ({
  title: TITLE,
  text: textOf(SLACK, GRAFANA, preface),
})

/** How each kind of channel is written. */
const CONTACT_POINT_KINDS: Readonly<Record<ChannelKind, ContactPointKind>> = {
  'slack-channel': {
    type: 'slack',
    secret: 'url',
    settings: ({ text }, preface) => ({ recipient: text, ...slackMessage(preface) }),
  },
  slack: { type: 'slack', secret: 'url', settings: (_, preface) => slackMessage(preface) },
  pagerduty: {
    type: 'pagerduty',
    secret: 'integrationKey',
    settings: (_, preface) => ({
      summary: summaryOf(GRAFANA, preface),
      severity: bySeverity('critical', 'warning', 'info'),
      class: '{{ .CommonLabels.kind }}',
      component: '{{ .CommonLabels.service }}',
      group: '{{ .CommonLabels.team }}',
      details: DETAILS,
    }),
  },
  opsgenie: {
    type: 'opsgenie',
    secret: 'apiKey',
    settings: (_, preface) => ({
      message: TITLE,
      description: textOf(PLAIN, GRAFANA, preface),
      sendTagsAs: 'both',
    }),
  },
  teams: {
    type: 'teams',
    secret: 'url',
    settings: (_, preface) => ({ title: TITLE, message: textOf(MARKDOWN, GRAFANA, preface) }),
  },
  discord: {
    type: 'discord',
    secret: 'url',
    settings: (_, preface) => ({ title: TITLE, message: textOf(MARKDOWN, GRAFANA, preface) }),
  },
  email: {
    type: 'email',
    secret: 'addresses',
    settings: (_, preface) => ({
      singleEmail: true,
      subject: TITLE,
      message: textOf(PLAIN, GRAFANA, preface),
    }),
  },
  webhook: { type: 'webhook', secret: 'url', settings: () => ({}) },
}

/** A contact point by the name of a receiver of Alertmanager; its secret is an environment variable of Grafana. */
export function contactPoint({ name, channel, preface }: NamedChannel): YamlValue {
  const { type, secret, settings } = CONTACT_POINT_KINDS[channel.kind]
  return {
    orgId: 1,
    name,
    receivers: [
      {
        uid: shortened(`throughline-${name}`),
        type,
        settings: { [secret]: variable(channel.secret), ...escaped(settings(channel, preface)) },
      },
    ],
  }
}

function escaped(settings: Settings): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? withoutVariables(value)
        : typeof value === 'boolean'
          ? value
          : (escaped(value) as Record<string, string>),
    ]),
  )
}
