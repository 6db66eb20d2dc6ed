/** Work that is asked for more often than it should be done. */
export interface Paced {
  /** Does it now, or as soon as it may be done again; what is asked meanwhile is done once. */
  readonly ask: () => void
  /** Forgets what was asked. */
  readonly stop: () => void
}

/** Does `work` at most once in `everyMs`; for the first time at once, or when that time has passed. */
export function createPaced(
  work: () => void,
  everyMs: number,
  first: 'at once' | 'later' = 'at once',
): Paced {
  let doneAt = first === 'at once' ? -Infinity : performance.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  const run = (): void => {
    timer = undefined
    doneAt = performance.now()
    work()
  }
  return {
    ask() {
      if (timer !== undefined) return
      const waitMs = doneAt + everyMs - performance.now()
      if (waitMs <= 0) run()
      else timer = setTimeout(run, waitMs)
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
