import type { Visits } from './viewer-visits.ts'

/** What the tests of the viewer look at: that of a running demo, which has driven its scenarios. */
export interface Subject {
  readonly visits: Visits
  /** Address of the web app. */
  readonly web: string
  /** Id of the trace that a scenario has made. */
  readonly traceOf: (scenario: string) => string
  /** Id of a span in it that failed and has an owner. */
  readonly spanOf: (scenario: string) => string
}
