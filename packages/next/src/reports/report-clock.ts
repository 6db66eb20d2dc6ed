import type { BrowserReport } from '../client/report.ts'

/** Differences up to this are the time that a report took to come. */
const TOLERATED_MS = 3_000

/** Gives the time, in milliseconds since 1970, at which the page was as old as so many milliseconds. */
export type ReportClock = (sincePageBegan: number) => number

/**
 * Makes a {@link ReportClock} for a report that was received at `receivedAt`.
 *
 * The browser's clock is believed where it agrees with ours: then spans of both lie where they belong. Where it is wrong,
 * the report counts as sent when it was received. Either way times between a moment and the sending are those that the
 * browser measured by its steady clock.
 */
export function createReportClock(
  { sent, now }: Pick<BrowserReport, 'sent' | 'now'>,
  receivedAt: number,
): ReportClock {
  const sentAt = Math.abs(receivedAt - sent) > TOLERATED_MS ? receivedAt : sent
  return sincePageBegan => sentAt - (now - sincePageBegan)
}
