import type { StoreReader } from '../store/store.ts'

/** Times that a view is about, in milliseconds since 1970. */
export interface TimeWindow {
  /** Spans that start before it are left out. */
  readonly sinceMs: number
  readonly fromMs: number
  readonly toMs: number
  readonly seconds: number
}

/** Requests of a moment make no rate. */
const SHORTEST_MS = 60_000

/**
 * The last `minutes`, but for the time before the first request that is stored; without `minutes`, from the first to the last. At least
 * one minute.
 */
export function timeWindow(
  reader: StoreReader,
  minutes: number | undefined,
  nowMs: number,
): TimeWindow {
  const sinceMs = minutes === undefined ? 0 : nowMs - minutes * 60_000
  const stored = reader.span(sinceMs)
  const toMs = minutes === undefined ? (stored?.toMs ?? nowMs) : Math.max(nowMs, stored?.toMs ?? 0)
  const fromMs = Math.min(stored?.fromMs ?? toMs, toMs - SHORTEST_MS)
  return { sinceMs, fromMs, toMs, seconds: (toMs - fromMs) / 1000 }
}
