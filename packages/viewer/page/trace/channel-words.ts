const KINDS: Readonly<Record<string, string>> = {
  pagerduty: 'PagerDuty',
  opsgenie: 'Opsgenie',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  discord: 'Discord',
  email: 'email',
  webhook: 'webhook',
}

/** A channel of the catalog as a person says it: `PagerDuty (PAGERDUTY_BILLING)`, `#billing`; as it is where it is another text. */
export function wordChannel(text: string): string {
  const [, kind = '', secret] = /^(\w+):env:(\w+)$/.exec(text) ?? []
  const name = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  return name === undefined ? text : `${name} (${secret})`
}
