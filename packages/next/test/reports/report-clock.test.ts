import { expect, test } from 'vitest'
import { createReportClock } from '../../src/reports/report-clock.ts'

const RECEIVED = 1_800_000_000_000

test.for([
  ['agrees with ours', 0, RECEIVED],
  ['is three seconds behind, which the way of the report may take', -3_000, RECEIVED - 3_000],
  ['is more than that behind', -3_001, RECEIVED],
  ['is three seconds ahead', 3_000, RECEIVED + 3_000],
  ['is a day ahead', 86_400_000, RECEIVED],
  ['stands at 1970', -RECEIVED, RECEIVED],
] as const)('a clock that %s', ([, skew, sentAt]) => {
  const clock = createReportClock({ sent: RECEIVED + skew, now: 5_000 }, RECEIVED)
  expect(clock(5_000)).toBe(sentAt)
  expect(clock(0)).toBe(sentAt - 5_000)
  expect(clock(1_250.5)).toBe(sentAt - 3_749.5)
})
