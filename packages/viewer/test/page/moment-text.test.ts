import { expect, test } from 'vitest'
import { formatMoment } from '../../page/parts/moment-text.ts'

const NOW = new Date(2026, 10, 29, 12, 4, 31, 220).getTime()
const HOUR_MS = 3_600_000

test.for([
  [NOW, false, '12:04:31'],
  [NOW, true, '12:04:31.220'],
  [NOW - 23 * HOUR_MS, false, '13:04:31'],
  [NOW - 24 * HOUR_MS, false, '28 Nov, 12:04:31'],
  [new Date(2025, 10, 29, 7, 6, 4).getTime(), true, '29 Nov 2025, 07:06:04.000'],
] as const)('%d (exact: %s) is %j', ([ms, isExact, text]) => {
  expect(formatMoment(ms, NOW, isExact)).toBe(text)
})
