import type { ExitLetter } from './exit-export.ts'

/** The way of spans or log records to the collector, as far as its end is concerned. */
export interface Pipeline {
  /** Sends what waits, at once. Resolves when it is sent, and when an attempt to do so failed; never rejects. */
  flush(): Promise<void>
  /** For a process that is about to end: from now on no attempt to send takes longer than this. */
  limitAttempts(timeoutMs: number): void
  /** What no collector has confirmed, to be sent while the process exits; nothing is sent otherwise from then on. */
  takeRest(): readonly ExitLetter[]
}
