import { useCallback, useEffect, useState } from 'react'
import { asFailure, fetchJson, type RequestFailure } from './fetch-json.ts'

/** What the viewer answers at a path. */
export interface Resource<T> {
  /** The last answer; stays while a new one is on its way. */
  readonly data: T | undefined
  readonly error: RequestFailure | undefined
  /** Whether an answer is being waited for, and has been for so long that it should be said. */
  readonly isSlow: boolean
  /** Asks again. */
  readonly reload: () => void
}

/** Loading is shown from then on: what is sooner there would only flicker. */
export const SLOW_MS = 100

/** Asks for a path when it changes, and when `reload` is called; `undefined` asks for nothing. */
export function useResource<T>(path: string | undefined): Resource<T> {
  const [turn, setTurn] = useState(0)
  const [state, setState] = useState<{ path?: string; data?: T; error?: RequestFailure }>({})
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    if (path === undefined) return undefined
    const stop = new AbortController()
    const slow = setTimeout(() => setSlow(true), SLOW_MS)
    const finish = (next: { data?: T; error?: RequestFailure }): void => {
      clearTimeout(slow)
      setSlow(false)
      setState({ path, ...next })
    }
    fetchJson<T>(path, { signal: stop.signal }).then(
      data => finish({ data }),
      (error: unknown) => {
        if (!stop.signal.aborted) finish({ error: asFailure(error) })
      },
    )
    return () => {
      stop.abort()
      clearTimeout(slow)
    }
  }, [path, turn])
  const reload = useCallback(() => setTurn(last => last + 1), [])
  return { data: state.data, error: state.error, isSlow, reload }
}
