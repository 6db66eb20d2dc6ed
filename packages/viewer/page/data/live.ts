import { createContext, use, useSyncExternalStore } from 'react'
import type { LiveEvent } from '../../src/api/meta.ts'

/** What the viewer holds now, as it says itself. */
export interface Live {
  readonly subscribe: (listener: () => void) => () => void
  /** Undefined until the first word. */
  readonly read: () => LiveState
}

export interface LiveState {
  readonly stored: LiveEvent | undefined
  /** Whether the viewer can be heard. */
  readonly isConnected: boolean
  /** Whether it could not be heard when it was last tried. */
  readonly isLost: boolean
}

const SILENT: LiveState = { stored: undefined, isConnected: false, isLost: false }

const NOTHING: Live = { subscribe: () => () => undefined, read: () => SILENT }

/** A browser tries again by itself where nobody answers, but not where somebody answers something else. */
const RETRY_MS = 2000

/** Listens to the viewer's events, and connects again when it is back. */
export function startLive(path: string): Live {
  let state = SILENT
  const listeners = new Set<() => void>()
  const change = (next: Partial<LiveState>): void => {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }
  const connect = (): void => {
    const source = new EventSource(path)
    source.addEventListener('open', () => change({ isConnected: true, isLost: false }))
    source.addEventListener('error', () => {
      change({ isConnected: false, isLost: true })
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MS)
    })
    source.addEventListener('message', ({ data }: MessageEvent) =>
      change({ stored: JSON.parse(String(data)) as LiveEvent }),
    )
  }
  connect()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    read: () => state,
  }
}

export const LiveContext = createContext<Live>(NOTHING)

/** What the viewer holds now; the component renders again when that changes. */
export function useLive(): LiveState {
  const live = use(LiveContext)
  return useSyncExternalStore(live.subscribe, live.read)
}
