/** Why a trace stops, or a part of it is missing. */
export type GapReason =
  /** The trace headers were not sent, since the host is not known to be ours. */
  | 'header-withheld'
  /** The one who was called did not obey the caller's trace, and began its own. */
  | 'trace-restarted'
  /** The one who was called has never sent a span here. */
  | 'service-not-instrumented'
  /** The catalog lists a database, or a span took its time, and no query of this service has ever been seen. */
  | 'driver-not-seen'
  /** A service says that it dropped spans, or could not export them. */
  | 'spans-dropped'
  /** The caller's side is here, the other side is not, though it does send spans. */
  | 'sampled-out'
  /** A span names a parent that has not arrived. */
  | 'parent-missing'
  /** Clocks disagree; times were corrected. */
  | 'clock-skew'
  /** Older spans were removed to make room. */
  | 'evicted'
  /** Spans name each other as parents, or share an id. */
  | 'malformed'

/** A place where a trace breaks, why, and what to do. */
export interface Gap {
  readonly reason: GapReason
  /** A `gap` hides something; a `note` only explains what is shown, or is so on purpose. */
  readonly weight: 'gap' | 'note'
  /** Place in the reading's spans of the span at which it shows; absent for what is about the whole trace. */
  readonly span: number | undefined
  /** One sentence: `The trace stops at payments.example.com, which was told no trace header.` */
  readonly sentence: string
  /** What is known that says so, each a sentence. */
  readonly evidence: readonly string[]
  /** Whether the evidence proves it; otherwise it is the likeliest of several reasons. */
  readonly certain: boolean
  /** The edit or command that mends it; absent where nothing has to be done. */
  readonly mend: string | undefined
  /** The trace in which it goes on, or from which it comes. */
  readonly linked: LinkedTrace | undefined
}

/** A trace at the other end of a link. */
export interface LinkedTrace {
  readonly traceId: string
  readonly spanId: string
  /** Whether it is here to be opened. */
  readonly here: boolean
  /** Whether this trace goes on there, or comes from there. */
  readonly direction: 'continues-in' | 'comes-from'
}
