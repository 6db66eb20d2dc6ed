import type { YamlValue } from '../yaml-text.ts'
import type { Channel, ChannelKind } from './channel.ts'
import {
  bySeverity,
  DETAILS,
  firstLink,
  LINKS,
  MARKDOWN,
  type Notifier,
  PLAIN,
  SILENCE_GROUP,
  SLACK,
  summaryOf,
  textOf,
  titleOf,
} from './message-templates.ts'

/** A kind of receiver of Alertmanager. */
interface ReceiverKind {
  /** Key of its list in a receiver. */
  readonly key: string
  /** The first version of Alertmanager with which it works as written here. */
  readonly since: string
  readonly config: (
    channel: Channel,
    options: ReceiverOptions,
  ) => { readonly [key: string]: YamlValue }
}

interface ReceiverOptions {
  readonly secretsFolder: string
  /** What its messages say first. */
  readonly preface: string | undefined
}

const ALERTMANAGER: Notifier = { nameLabel: 'alertname', silenceUrl: undefined }

/** The relay that takes e-mail without a password, as Alertmanager's network knows it. */
export const MAIL_RELAY = 'smtp:25'

const TITLE = titleOf(ALERTMANAGER)

const secretFile = ({ secret }: Channel, { secretsFolder }: ReceiverOptions): string =>
  `${secretsFolder}/${secret}`

const slackMessage = (preface: string | undefined): { readonly [key: string]: YamlValue } => ({
  color: `{{ if eq .Status "resolved" }}good{{ else }}${bySeverity('danger', 'warning', '#439FE0')}{{ end }}`,
  title: TITLE,
  title_link: firstLink('runbook_url'),
  fallback: TITLE,
  text: textOf(SLACK, ALERTMANAGER, preface),
  actions: [{ type: 'button', text: 'Silence', url: SILENCE_GROUP }],
})

/**
 * How each kind of channel is written.
 *
 * Secrets stand in files, since Alertmanager reads no environment: `webhook_url_file` and `url_file` came with 0.26 and
 * 0.27, and failed until 0.28.
 */
const RECEIVER_KINDS: Readonly<Record<ChannelKind, ReceiverKind>> = {
  'slack-channel': {
    key: 'slack_configs',
    since: '0.25',
    config: ({ text }, { preface }) => ({ channel: text, ...slackMessage(preface) }),
  },
  slack: {
    key: 'slack_configs',
    since: '0.25',
    config: (channel, options) => ({
      api_url_file: secretFile(channel, options),
      ...slackMessage(options.preface),
    }),
  },
  pagerduty: {
    key: 'pagerduty_configs',
    since: '0.25',
    config: (channel, options) => ({
      routing_key_file: secretFile(channel, options),
      description: summaryOf(ALERTMANAGER, options.preface),
      severity: bySeverity('critical', 'warning', 'info'),
      class: '{{ .CommonLabels.kind }}',
      component: '{{ .CommonLabels.service }}',
      group: '{{ .CommonLabels.team }}',
      details: { ...DETAILS },
      links: LINKS.map(([text, name]) => ({ href: firstLink(name), text })),
    }),
  },
  opsgenie: {
    key: 'opsgenie_configs',
    since: '0.25',
    config: (channel, options) => ({
      api_key_file: secretFile(channel, options),
      message: TITLE,
      description: textOf(PLAIN, ALERTMANAGER, options.preface),
      priority: bySeverity('P1', 'P3', 'P5'),
      tags: '{{ .CommonLabels.team }},{{ .CommonLabels.service }}',
      details: { ...DETAILS },
    }),
  },
  teams: {
    key: 'msteamsv2_configs',
    since: '0.28',
    config: (channel, options) => ({
      webhook_url_file: secretFile(channel, options),
      title: TITLE,
      text: textOf(MARKDOWN, ALERTMANAGER, options.preface),
    }),
  },
  discord: {
    key: 'discord_configs',
    since: '0.28',
    config: (channel, options) => ({
      webhook_url_file: secretFile(channel, options),
      title: TITLE,
      message: textOf(MARKDOWN, ALERTMANAGER, options.preface),
    }),
  },
  email: {
    key: 'email_configs',
    since: '0.25',
    // No setting reads addresses from a file, but the file is one of the templates, which go by the names of their files.
    config: ({ secret }, { preface }) => ({
      to: `{{ template "${secret}" . }}`,
      headers: { Subject: TITLE },
      html: '',
      text: textOf(PLAIN, ALERTMANAGER, preface),
    }),
  },
  webhook: {
    key: 'webhook_configs',
    since: '0.28',
    config: (channel, options) => ({ url_file: secretFile(channel, options) }),
  },
}

/** A receiver by that name that tells one channel. */
export function renderReceiver(
  name: string,
  channel: Channel,
  options: ReceiverOptions,
): YamlValue {
  const { key, config } = RECEIVER_KINDS[channel.kind]
  return { name, [key]: [{ send_resolved: true, ...config(channel, options) }] }
}

/** The first version of Alertmanager that takes channels of all these kinds. */
export function alertmanagerVersion(channels: readonly Channel[]): string {
  return channels
    .map(({ kind }) => RECEIVER_KINDS[kind].since)
    .reduce((newest, since) => (since > newest ? since : newest), '0.25')
}
