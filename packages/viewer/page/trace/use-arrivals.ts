import { useEffect, useEffectEvent, useRef } from 'react'
import { useLive } from '../data/live.ts'
import { createPaced, type Paced } from '../data/paced.ts'

const BETWEEN_MS = 2000

/** Calls `work` after spans have come in, at most once in 2 s. */
export function useArrivals(work: () => void): void {
  const { stored } = useLive()
  // Both: of a full store, as many leave as come.
  const received = stored && stored.spans + stored.evictedSpans
  const known = useRef(received)
  const paced = useRef<Paced>(undefined)
  const run = useEffectEvent(work)
  useEffect(() => {
    const asking = createPaced(() => run(), BETWEEN_MS)
    paced.current = asking
    return () => asking.stop()
  }, [])
  useEffect(() => {
    if (known.current !== undefined && known.current !== received) paced.current?.ask()
    known.current = received
  }, [received])
}
