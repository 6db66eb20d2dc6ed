import { setTimeout as delay } from 'node:timers/promises'

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

/**
 * Resolves when `work` settles or after `deadlineMs`, whichever is first; never rejects. Keeps the process alive until
 * then, unless it is told not to `hold` it.
 */
export async function within(
  deadlineMs: number,
  work: Promise<unknown>,
  hold: boolean = true,
): Promise<void> {
  const timer = new AbortController()
  // A rejected flush has been reported where it failed; here only its end matters.
  const done = work.then(
    () => undefined,
    () => undefined,
  )
  const late = delay(deadlineMs, undefined, { signal: timer.signal, ref: hold })
  await Promise.race([done, late.catch(() => undefined)])
  timer.abort()
}

/** The two ways to send what is finished before the end. */
export interface Flushes {
  /** Is not waited for beyond the deadline. */
  readonly flush: () => Promise<unknown>
  /** For the last moment, when nothing asynchronous runs any more: blocks, for that long at most. */
  readonly flushAtExit: (deadlineMs: number) => void
}

/**
 * Flushes when the process is told to end, or ends by itself; returns what undoes it.
 *
 * A signal is handled as if we were not there. Where the application listens to it, it alone decides when to exit,
 * and the flush runs beside. Where nobody else listens, Node would have ended the process at once: that is done
 * by raising the signal again after the flush. What finishes after that, or before a `process.exit()`, is sent as the
 * process exits. Where one waits for both, they have `deadlineMs` together.
 */
export function flushBeforeEnd({ flush, flushAtExit }: Flushes, deadlineMs: number): () => void {
  let waitedMs = 0
  const onSignal = (signal: NodeJS.Signals): void => {
    process.off(signal, onSignal)
    const othersListen = process.listenerCount(signal) > 0
    void within(deadlineMs, flush(), !othersListen).then(() => {
      if (!othersListen) process.kill(process.pid, signal)
    })
  }
  const onIdle = (): void => {
    process.off('beforeExit', onIdle)
    const from = performance.now()
    void within(deadlineMs, flush()).then(() => (waitedMs = performance.now() - from))
  }
  const onExit = (): void => {
    const leftMs = deadlineMs - waitedMs
    if (leftMs > 0) flushAtExit(leftMs)
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  process.on('beforeExit', onIdle)
  process.on('exit', onExit)
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal)
    process.off('beforeExit', onIdle)
    process.off('exit', onExit)
  }
}
