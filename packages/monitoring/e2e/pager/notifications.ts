import type { Delivery } from './receivers.ts'

/** An event as PagerDuty takes it. */
export interface Page {
  readonly event_action: 'trigger' | 'resolve'
  readonly payload: { readonly summary: string }
  readonly links: readonly { readonly text: string; readonly href: string }[]
}

/** A message as Slack takes it. */
export interface Ticket {
  readonly channel: string
  readonly attachments: readonly { readonly title: string; readonly text: string }[]
}

/** Whether a delivery is an event for PagerDuty with a summary that says so. */
export const isPage =
  (action: Page['event_action'], words: string) =>
  ({ path, body }: Delivery): boolean => {
    if (path !== '/pagerduty') return false
    const { event_action, payload } = body as Page
    return event_action === action && payload.summary.includes(words)
  }

/** Whether a delivery is a message for Slack with that title. */
export const isTicket =
  (title: string) =>
  ({ path, body }: Delivery): boolean =>
    path === '/SLACK_WEBHOOK_URL' &&
    (body as Ticket).attachments.some(attachment => attachment.title === title)

/** Address of a link of a message in Slack's markup. */
export function readLink(text: string, name: string): string | undefined {
  return new RegExp(`<([^|>]+)\\|${name}>`).exec(text)?.[1]
}
