import { useEffect, useRef, useState } from 'react'
import { useLive } from '../data/live.ts'
import { type Resource, useResource } from '../data/use-resource.ts'

/** Shortest time between two questions. */
const PAUSE_MS = 3000

/** What {@link useFreshResource} gives. */
export interface FreshResource<T> extends Resource<T> {
  /** Path that the last answer is of. */
  readonly answered: string | undefined
}

/** What the viewer answers at a path, asked again when new spans have come, but not more often than each 3 s. */
export function useFreshResource<T>(path: string): FreshResource<T> {
  const resource = useResource<T>(path)
  const { data, isSlow, reload } = resource
  const { stored } = useLive()
  const heard = stored && stored.spans + stored.evictedSpans
  const known = useRef<number>(undefined)
  const askedAtMs = useRef(Date.now())
  useEffect(() => {
    // What is asked while an answer is waited for would begin that one again.
    if (heard === undefined || heard === known.current || isSlow) return undefined
    const timer = setTimeout(
      () => {
        known.current = heard
        askedAtMs.current = Date.now()
        reload()
      },
      Math.max(0, askedAtMs.current + PAUSE_MS - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [heard, isSlow, reload])
  const [last, setLast] = useState<{ data: T | undefined; path: string | undefined }>({
    data: undefined,
    path: undefined,
  })
  if (data !== last.data) setLast({ data, path })
  return { ...resource, answered: last.path }
}
