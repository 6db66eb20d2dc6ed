import { expect, test } from 'vitest'
import { createMomentFormat } from '../../page/parts/moment-text.ts'

const NOW = new Date(2026, 10, 29, 12, 4, 31, 220).getTime()
const HOUR_MS = 3_600_000

test.for([
  ['en-GB', NOW, false, '12:04:31'],
  ['en-GB', NOW, true, '12:04:31.220'],
  ['en-US', NOW, true, '12:04:31.220 PM'],
  ['en-GB', NOW - 23 * HOUR_MS, false, '13:04:31'],
  ['en-GB', NOW - 24 * HOUR_MS, false, '28 Nov, 12:04:31'],
  ['en-GB', new Date(2025, 10, 29, 7, 6, 40).getTime(), false, '29 Nov 2025, 07:06:40'],
] as const)('in %s, %d (exact: %s) is %j', ([locale, ms, isExact, text]) => {
  const said = createMomentFormat(locale)(ms, NOW, isExact)
  expect(said.replaceAll(/\s/g, ' ')).toBe(text)
})
