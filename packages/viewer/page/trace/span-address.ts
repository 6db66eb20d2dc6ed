import { tracePath } from '../location/paths.ts'

/** Address of a span of the trace that is open, or of none; what else is chosen on the page stays. */
export const spanAddress = (traceId: string, spanId: string | undefined): string =>
  tracePath(traceId, spanId) + window.location.search
