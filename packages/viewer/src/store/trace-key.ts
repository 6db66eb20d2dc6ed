/**
 * The end of a trace id as a number, which traces and chunks are found by before their whole id is compared. Ids are random, so an
 * index of them is written all over at every batch: one of numbers has a quarter of the pages.
 */
export function traceKey(traceId: string): number {
  return Number.parseInt(traceId.slice(-8), 16) | 0
}
