import type { TraceView } from '../../src/api/trace.ts'
import type { TimeWindow } from './time-scale.ts'

/** What all rows share; it stays the same object while nothing of it changes. */
export interface RowSurroundings {
  readonly trace: TraceView
  readonly window: TimeWindow
  readonly find: string
  /** Hue of each service. */
  readonly hues: ReadonlyMap<string, number>
}
