import { listPath } from '../../src/api/list-path.ts'
import type { TraceCount, TraceList, TraceSummary } from '../../src/api/traces.ts'
import { asFailure, fetchJson, type RequestFailure } from '../data/fetch-json.ts'
import type { Live } from '../data/live.ts'
import { createPaced } from '../data/paced.ts'
import { SLOW_MS } from '../data/use-resource.ts'

/** What a search found, as far as it was asked for. It changes only when somebody asks. */
export interface Found extends TraceList {
  readonly search: string
  /** Goes up by one when all of it is listed anew. */
  readonly turn: number
}

export interface FeedState {
  /** Undefined until the first answer. What was found before stays until the next answer is there. */
  readonly found: Found | undefined
  /** Traces that match and came after those which are listed. */
  readonly waiting: number
  readonly error: RequestFailure | undefined
  /** Whether an answer is waited for, and has been for so long that it should be said. */
  readonly isSlow: boolean
}

/** Where somebody was in the list. */
export interface FeedPlace {
  readonly scrollTopPx: number
  readonly traceId: string | undefined
}

/** The list of traces: it outlives the page that shows it, so that who comes back finds it as it was. */
export interface TraceFeed {
  readonly subscribe: (listener: () => void) => () => void
  readonly read: () => FeedState
  /** Lists what a search finds, the newest first; nothing happens where that is what is listed. */
  readonly open: (search: string) => void
  /** Lists the search anew, with what waits. */
  readonly reload: () => void
  /** Does again what failed. */
  readonly retry: () => void
  /** Lists the next ones. */
  readonly more: () => void
  readonly place: () => FeedPlace
  readonly remember: (place: FeedPlace) => void
}

/** Options of {@link createTraceFeed}. */
interface TraceFeedOptions {
  /** Asks the viewer. @default fetchJson */
  readonly ask?: typeof fetchJson
  /** How often it is asked at most what is new, in milliseconds. @default 1000 */
  readonly everyMs?: number
}

/** For so long the spans of a trace may still be on their way: its row is brought up to date. */
const UNSETTLED_MS = 60_000
const TOP: FeedPlace = { scrollTopPx: 0, traceId: undefined }

/** Asks nothing until it is opened, and nothing by itself while nobody looks. */
export function createTraceFeed(
  live: Live,
  { ask = fetchJson, everyMs = 1000 }: TraceFeedOptions = {},
): TraceFeed {
  const listeners = new Set<() => void>()
  let state: FeedState = { found: undefined, waiting: 0, error: undefined, isSlow: false }
  let search: string | undefined
  let place = TOP
  let request = new AbortController()
  let isAskingMore = false
  let retry = (): void => undefined

  const change = (next: Partial<FeedState>): void => {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  const list = async (text: string): Promise<void> => {
    request.abort()
    request = new AbortController()
    const { signal } = request
    search = text
    isAskingMore = false
    const slow = setTimeout(() => change({ isSlow: true }), SLOW_MS)
    try {
      const answer = await ask<TraceList>(listPath(text), { signal })
      if (signal.aborted) return
      const turn = (state.found?.turn ?? 0) + 1
      place = TOP
      change({ found: { ...answer, search: text, turn }, waiting: 0, error: undefined })
    } catch (error) {
      if (signal.aborted) return
      retry = () => void list(text)
      const found = state.found?.search === text ? state.found : undefined
      change({ found, error: asFailure(error) })
    } finally {
      clearTimeout(slow)
      if (!signal.aborted) change({ isSlow: false })
    }
  }

  const more = async (): Promise<void> => {
    const { found } = state
    if (found?.next === undefined || found.search !== search || isAskingMore) return
    isAskingMore = true
    const { signal } = request
    try {
      const answer = await ask<TraceList>(listPath(found.search, found.next), { signal })
      if (signal.aborted || state.found?.turn !== found.turn) return
      const known = new Set(state.found.traces.map(({ traceId }) => traceId))
      const added = answer.traces.filter(({ traceId }) => !known.has(traceId))
      const traces = [...state.found.traces, ...added]
      change({ found: { ...state.found, traces, next: answer.next }, error: undefined })
    } catch (error) {
      if (signal.aborted) return
      retry = () => void more()
      change({ error: asFailure(error) })
    } finally {
      if (!signal.aborted) isAskingMore = false
    }
  }

  const count = async (): Promise<void> => {
    const { found } = state
    const newest = live.read().stored?.newest
    // The viewer was away, and speaks again.
    if (state.error?.status === 0) return retry()
    if (found === undefined || newest === undefined || newest === found.newest) return
    // Numbers begin anew: it is another store, and what is listed is not in it.
    if (newest < found.newest) return list(found.search)
    const path = `/api/traces/count?q=${encodeURIComponent(found.search)}&after=${found.newest}`
    const answer = await ask<TraceCount>(path, { signal: request.signal })
    if (state.found?.turn !== found.turn) return
    if (found.traces.length === 0 && answer.count > 0) return list(found.search)
    if (answer.count !== state.waiting) change({ waiting: answer.count })
  }

  const update = async (): Promise<void> => {
    const { found } = state
    if (found === undefined || !found.traces.some(isUnsettled)) return
    const answer = await ask<TraceList>(listPath(found.search), { signal: request.signal })
    if (state.found?.turn !== found.turn) return
    const newer = new Map(answer.traces.map(trace => [trace.traceId, trace]))
    const traces = state.found.traces.map(trace => newer.get(trace.traceId) ?? trace)
    change({ found: { ...state.found, traces } })
  }

  // What cannot be had now is asked again with the next word of the viewer; that it is away is said elsewhere.
  const counting = createPaced(() => void count().catch(() => undefined), everyMs)
  // A list that has just come is up to date.
  const updating = createPaced(() => void update().catch(() => undefined), 2 * everyMs, 'later')
  const hear = (): void => {
    const isBehind = live.read().stored?.newest !== state.found?.newest
    if (isBehind || state.error !== undefined) counting.ask()
    updating.ask()
  }
  let stopHearing = (): void => undefined

  return {
    subscribe(listener) {
      if (listeners.size === 0) stopHearing = live.subscribe(hear)
      listeners.add(listener)
      hear()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stopHearing()
        counting.stop()
        updating.stop()
      }
    },
    read: () => state,
    open(text) {
      if (text !== search) void list(text)
    },
    reload: () => void list(search ?? ''),
    retry: () => retry(),
    more: () => void more(),
    place: () => place,
    remember(next) {
      place = next
    },
  }
}

const isUnsettled = ({ startMs }: TraceSummary): boolean => Date.now() - startMs < UNSETTLED_MS
