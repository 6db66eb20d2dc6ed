import { setTimeout as delay } from 'node:timers/promises'

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

/** Resolves when `work` settles or after `deadlineMs`, whichever is first; never rejects. */
export async function within(deadlineMs: number, work: Promise<unknown>): Promise<void> {
  const timer = new AbortController()
  // A rejected flush has been reported where it failed; here only its end matters.
  const done = work.then(
    () => undefined,
    () => undefined,
  )
  await Promise.race([
    done,
    delay(deadlineMs, undefined, { signal: timer.signal }).catch(() => undefined),
  ])
  timer.abort()
}

/** The two ways to send what is finished. */
export interface Flushes {
  readonly flush: () => Promise<void>
  /** For the last moment, when nothing asynchronous runs any more. */
  readonly flushAtExit: () => void
}

/**
 * Flushes when the process is told to end, or ends by itself; returns what undoes it.
 *
 * A signal is handled as if we were not there. Where the application listens to it, it alone decides when to exit,
 * and the flush runs beside. Where nobody else listens, Node would have ended the process at once: that is done
 * by raising the signal again after the flush. What finishes after that, or before a `process.exit()`, is sent as the
 * process exits.
 */
export function flushBeforeEnd({ flush, flushAtExit }: Flushes): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    process.off(signal, onSignal)
    const othersListen = process.listenerCount(signal) > 0
    void flush().then(() => {
      if (!othersListen) process.kill(process.pid, signal)
    })
  }
  const onIdle = (): void => {
    process.off('beforeExit', onIdle)
    void flush()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  process.on('beforeExit', onIdle)
  process.on('exit', flushAtExit)
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal)
    process.off('beforeExit', onIdle)
    process.off('exit', flushAtExit)
  }
}
