const FIRST_PAUSE_MS = 1_000
const GROWTH = 1.5
const LONGEST_PAUSE_MS = 5_000
/** Longest that a collector's own `Retry-After` is obeyed. */
const LONGEST_ASKED_PAUSE_MS = 30_000
const JITTER = 0.2

/**
 * How long to wait after so many failures in a row before the next attempt, in milliseconds.
 *
 * From 1 s by half as much each time to 5 s, as OpenTelemetry's exporter does, a fifth more or less so that processes
 * that lost one collector do not come back all at once. What the collector asks for counts instead, up to 30 s, and is
 * stretched by up to a fifth.
 */
export function pauseAfter(
  failures: number,
  askedMs: number | undefined,
  random: () => number = Math.random,
): number {
  if (askedMs !== undefined && askedMs > 0) {
    return Math.min(askedMs, LONGEST_ASKED_PAUSE_MS) * (1 + JITTER * random())
  }
  const pause = Math.min(FIRST_PAUSE_MS * GROWTH ** (failures - 1), LONGEST_PAUSE_MS)
  return pause * (1 + JITTER * (2 * random() - 1))
}

/** The pause that a `Retry-After` header asks for, in milliseconds: it is in seconds, or a date; undefined when neither. */
export function parseRetryAfter(
  header: string | undefined,
  now: () => number = Date.now,
): number | undefined {
  if (header === undefined) return undefined
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1_000
  const date = header.endsWith('GMT') ? Date.parse(header) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now())
}
