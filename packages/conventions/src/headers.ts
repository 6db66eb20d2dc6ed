/** Trace id, parent span id and flags of the caller (W3C Trace Context). */
export const HEADER_TRACEPARENT = 'traceparent'

/** Entries that tracing systems send along with `traceparent` (W3C Trace Context). */
export const HEADER_TRACESTATE = 'tracestate'

/** Values that an application sends along with a trace (W3C Baggage). Never taken from a caller and never sent. */
export const HEADER_BAGGAGE = 'baggage'

/** The secret that services of one system share: by it a service knows a caller for one of ours. */
export const HEADER_THROUGHLINE_INTERNAL = 'throughline-internal'

/** Member of `tracestate` that holds the signature by which a page's own calls continue its trace. */
export const TRACESTATE_KEY_THROUGHLINE = 'throughline'

/** Identifier of a request, taken from a trusted caller and answered nowhere. */
export const HEADER_REQUEST_ID = 'x-request-id'

/** Set by an API on an answer that it gave before: the repeat of a request was blocked. */
export const HEADER_IDEMPOTENCY_REPLAYED = 'idempotency-replayed'

/** {@link HEADER_IDEMPOTENCY_REPLAYED} as other APIs write it. */
export const HEADER_IDEMPOTENT_REPLAYED = 'idempotent-replayed'
