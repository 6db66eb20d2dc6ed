import { expect, test } from 'vitest'
import { wordChannel } from '../../page/trace/channel-words.ts'

test.for([
  ['pagerduty:env:PAGERDUTY_PARTNERS', 'PagerDuty (PAGERDUTY_PARTNERS)'],
  ['slack:env:SLACK_BILLING', 'Slack (SLACK_BILLING)'],
  ['teams:env:TEAMS_DATA', 'Microsoft Teams (TEAMS_DATA)'],
  ['email:env:EMAIL_OPS', 'email (EMAIL_OPS)'],
  ['#billing', '#billing'],
  ['carrier-pigeon:env:LOFT', 'carrier-pigeon:env:LOFT'],
  ['constructor:env:X', 'constructor:env:X'],
  ['pagerduty:billing', 'pagerduty:billing'],
  ['', ''],
] as const)('the channel "%s" is said as "%s"', ([text, words]) => {
  expect(wordChannel(text)).toBe(words)
})
