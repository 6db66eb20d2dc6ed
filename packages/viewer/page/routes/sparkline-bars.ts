import type { RouteRow } from '../../src/api/routes.ts'

/** Bars of one stretch of time, in units of the drawing: requests stand up from the line, errors hang down from it. */
export interface Bar {
  readonly x: number
  readonly upwards: number
  readonly downwards: number
}

export const BAR_STEP = 3
export const BAR_WIDTH = 2
export const UPWARDS = 13
export const DOWNWARDS = 5

/** Heights by the busiest stretch. What is there at all is at least one unit high. */
export function sparklineBars(history: RouteRow['history']): readonly Bar[] {
  const most = Math.max(1, ...history.map(({ requests }) => requests))
  const height = (amount: number, of: number): number =>
    amount === 0 ? 0 : Math.max(1, (amount / most) * of)
  return history.map(({ requests, errors }, index) => ({
    x: index * BAR_STEP,
    upwards: height(requests, UPWARDS),
    downwards: height(errors, DOWNWARDS),
  }))
}

/** The same for who cannot see it. */
export function sayHistory(history: RouteRow['history']): string {
  const busy = history.filter(({ requests }) => requests > 0).length
  const failing = history.filter(({ errors }) => errors > 0).length
  const most = Math.max(0, ...history.map(({ requests }) => requests))
  const failures = failing === 0 ? 'none failed' : `some failed in ${failing}`
  return `Requests in ${busy} of ${history.length} stretches of the time, at most ${most} in one; ${failures}`
}
