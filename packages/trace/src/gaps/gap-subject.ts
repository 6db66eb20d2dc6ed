import type { ReadSpan } from '../reading.ts'
import type { Surroundings } from '../surroundings.ts'
import type { TraceLayout } from '../trace-layout.ts'

/** What gaps are looked for in. */
export interface GapSubject {
  readonly layout: TraceLayout
  readonly spans: readonly ReadSpan[]
  readonly surroundings: Surroundings
}
