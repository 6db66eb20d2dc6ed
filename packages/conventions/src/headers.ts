/** Trace id, parent span id and flags of the caller (W3C Trace Context). */
export const HEADER_TRACEPARENT = 'traceparent'

/** Entries that tracing systems send along with `traceparent` (W3C Trace Context). */
export const HEADER_TRACESTATE = 'tracestate'
