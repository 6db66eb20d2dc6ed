/** How a channel is reached. `#name` in the catalog is a channel of Slack behind one incoming webhook for all. */
export type ChannelKind =
  | 'slack-channel'
  | 'slack'
  | 'pagerduty'
  | 'opsgenie'
  | 'teams'
  | 'discord'
  | 'email'
  | 'webhook'

/** A channel of the catalog, taken apart. */
export interface Channel {
  readonly kind: ChannelKind
  /** Name of the environment variable, and of the file, that holds its secret. */
  readonly secret: string
  /** As the catalog writes it: `#billing`, `pagerduty:env:PAGERDUTY_BILLING`. */
  readonly text: string
}

/**
 * Secret with the address of the incoming webhook by which every `#channel` is reached: one that may post to any channel. The
 * webhook of a Slack app posts to its own only; with those, the catalog names one a channel as `slack:env:NAME`.
 */
export const SLACK_WEBHOOK_SECRET = 'SLACK_WEBHOOK_URL'

/** Takes apart a channel that the catalog has found valid. */
export function parseChannel(text: string): Channel {
  if (text.startsWith('#')) return { kind: 'slack-channel', secret: SLACK_WEBHOOK_SECRET, text }
  const [kind, , secret = ''] = text.split(':')
  return { kind: kind as ChannelKind, secret, text }
}
