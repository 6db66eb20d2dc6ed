import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react'
import { useLive } from '../data/live.ts'
import { useKeys } from '../keyboard/use-keys.ts'
import { navigate } from '../location/location.ts'
import { tracesPath } from '../location/paths.ts'
import { EmptyState, Loading } from '../parts/empty-state.tsx'
import { Failure } from '../parts/failure.tsx'
import { useTitle } from '../parts/use-title.ts'
import { FileImport } from './file-import.tsx'
import { FilterBar } from './filter-bar.tsx'
import { FirstSteps } from './first-steps.tsx'
import { SearchedTerms } from './searched-terms.tsx'
import type { FeedState, Found, TraceFeed } from './trace-feed.ts'
import { TraceTable } from './trace-table.tsx'
import './traces.css'
import { formatCount } from '../parts/count-text.ts'

/** The traces that a search finds, the newest first. */
export function TracesPage({
  search,
  feed,
}: {
  readonly search: string
  readonly feed: TraceFeed
}): ReactElement {
  const state = useFeed(feed, search)
  useTitle(search === '' ? 'Traces' : `${search} · Traces`)
  useEffect(() => feed.open(search), [feed, search])
  useKeys({ '.': feed.reload })
  const list = (text: string): void => navigate(tracesPath(text))
  return (
    <div className="traces">
      <h1 className="visually-hidden">Traces</h1>
      <Complaints found={state.found} />
      <div className="traces-top">
        <FilterBar search={search} onSearch={list} />
        <FileImport onImported={feed.reload} />
      </div>
      {search.trim() !== '' && (
        <div className="traces-searched">
          <SearchedTerms search={search} onSearch={list} />
          <Matches found={state.found} />
        </div>
      )}
      {state.waiting > 0 && (
        <button type="button" className="traces-new" onClick={feed.reload} title="Show them (.)">
          {formatCount(state.waiting)} new
        </button>
      )}
      <List state={state} feed={feed} />
    </div>
  )
}

/** What the feed lists, but not what it listed of another search before this page was come to. */
function useFeed(feed: TraceFeed, search: string): FeedState {
  const state = useSyncExternalStore(feed.subscribe, feed.read)
  const [before] = useState(() => ({ search, turn: state.found?.turn }))
  const { found } = state
  const isOld = found?.turn === before.turn && found?.search !== before.search
  return isOld ? { ...state, found: undefined, waiting: 0 } : state
}

function List({
  state: { found, error, isSlow },
  feed,
}: {
  readonly state: FeedState
  readonly feed: TraceFeed
}): ReactElement {
  const stored = useLive().stored?.traces
  if (found === undefined) {
    if (error !== undefined) return <Failure error={error} onRetry={feed.retry} />
    return isSlow ? <Loading /> : <></>
  }
  if (found.traces.length === 0) {
    if (found.search.trim() === '') return <FirstSteps />
    return <NoMatch search={found.search} stored={stored} />
  }
  return (
    <>
      {error !== undefined && (
        <p className="traces-cut" role="alert">
          This list is not up to date: {error.message}; {error.fix}.{' '}
          <button type="button" onClick={feed.retry}>
            Try again
          </button>
        </p>
      )}
      <TraceTable found={found} isBusy={isSlow} feed={feed} />
    </>
  )
}

function NoMatch({
  search,
  stored,
}: {
  readonly search: string
  readonly stored: number | undefined
}): ReactElement {
  const among = stored === undefined ? '' : ` among ${formatCount(stored)}`
  return (
    <EmptyState title={`No trace matches${among}`}>
      <p>
        Searched for <code>{search}</code>. One that matches shows here as soon as it comes.
      </p>
      <button type="button" onClick={() => navigate(tracesPath())}>
        Clear the search
      </button>
    </EmptyState>
  )
}

/** How many match, of how many. */
function Matches({ found }: { readonly found: Found | undefined }): ReactElement | null {
  const stored = useLive().stored?.traces
  if (found === undefined) return null
  const of = stored === undefined ? '' : ` of ${formatCount(Math.max(stored, found.total))}`
  return (
    <p className="traces-matches">
      {formatCount(found.total)}
      {of} traces match{' '}
      <button type="button" className="quiet" onClick={() => navigate(tracesPath())}>
        clear
      </button>
    </p>
  )
}

/** What the viewer did not understand of the search. */
function Complaints({ found }: { readonly found: Found | undefined }): ReactElement {
  return (
    <div role="status">
      {found !== undefined && found.complaints.length > 0 && (
        <ul className="traces-complaints">
          {found.complaints.map(complaint => (
            <li key={complaint}>{complaint}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
