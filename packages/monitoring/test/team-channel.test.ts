import { expect, test } from 'vitest'
import { parseChannel } from '../src/routing/channel.ts'
import { TOLD_SEVERITIES } from '../src/routing/receiver-names.ts'
import { channelOf } from '../src/routing/team-channel.ts'
import { teamsWith } from './read-ownership.ts'

/** Which channel gets a page, a ticket and a notice. */
const told = (channels: Readonly<Record<string, string>>, team: string): string[] => {
  const { catalog } = teamsWith(channels)
  return TOLD_SEVERITIES.map(severity => channelOf(catalog, team, severity).channel.text)
}

const PAGER = 'pagerduty:env:PD'

test.for([
  [`{ page: '${PAGER}', ticket: '#t', notice: '#n', people: '#p' }`, [PAGER, '#t', '#n']],
  [`{ ticket: '#t', notice: '#n', people: '#p' }`, ['#t', '#t', '#n']],
  [`{ notice: '#n', people: '#p' }`, ['#p', '#p', '#n']],
  [`{ people: '#p' }`, ['#p', '#p', '#p']],
  [`{ notice: '#n' }`, ['#n', '#n', '#n']],
  [`{ page: '${PAGER}', ticket: '#t' }`, [PAGER, '#t', '#t']],
] as const)('a team with %s is told there', ([channels, expected]) => {
  expect(told({ platform: "{ ticket: '#platform' }", billing: channels }, 'billing')).toEqual(
    expected,
  )
})

test('a team without a channel is told through the default team', () => {
  const channels = { platform: `{ page: '${PAGER}', ticket: '#platform' }`, billing: '' }
  expect(told(channels, 'billing')).toEqual([PAGER, '#platform', '#platform'])
})

test('nobody of a team is woken for a ticket: the default team gets it', () => {
  const channels = { platform: "{ ticket: '#platform' }", billing: `{ page: '${PAGER}' }` }
  expect(told(channels, 'billing')).toEqual([PAGER, '#platform', '#platform'])
})

test('the pager of the default team is the last of all', () => {
  expect(told({ platform: `{ page: '${PAGER}' }`, billing: '' }, 'billing')).toEqual([
    PAGER,
    PAGER,
    PAGER,
  ])
})

test('that an alert would reach nobody is an error that names the mend', () => {
  expect(() => told({ platform: '', billing: '' }, 'billing')).toThrow(
    expect.objectContaining({
      code: 'NO_CHANNEL',
      message:
        'A page for team "billing" reaches nobody: neither it nor the default team "platform" has a channel',
      fix: 'Give team platform a channel: channels: { ticket: "#platform-alerts" }.',
    }),
  )
})

test('a channel names its kind and its secret', () => {
  expect(['#billing', 'pagerduty:env:PD_BILLING', 'slack:env:HOOK'].map(parseChannel)).toEqual([
    { kind: 'slack-channel', secret: 'SLACK_WEBHOOK_URL', text: '#billing' },
    { kind: 'pagerduty', secret: 'PD_BILLING', text: 'pagerduty:env:PD_BILLING' },
    { kind: 'slack', secret: 'HOOK', text: 'slack:env:HOOK' },
  ])
})
