import {
  type KeyboardEvent,
  type ReactElement,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react'
import { useKeys } from '../keyboard/use-keys.ts'
import { VirtualRows } from '../parts/virtual-rows.tsx'
import { useNarrow } from '../parts/use-narrow.ts'
import type { Found, TraceFeed } from './trace-feed.ts'
import { TraceRow } from './trace-row.tsx'

const COLUMNS = [
  'when',
  'request',
  'status',
  'took',
  'services',
  'team',
  'first error',
  'spans',
] as const

const ROW_PX = { wide: 32, narrow: 60 } as const
const HEAD_PX = 28
const DAY_MS = 86_400_000
/** The next page is asked for that many rows before the end. */
const AHEAD_ROWS = 80

/** The traces that were found, of which only those exist in the page that can be seen. */
export function TraceTable({
  found,
  isBusy,
  feed,
}: {
  readonly found: Found
  /** Whether another list is on its way. */
  readonly isBusy: boolean
  readonly feed: TraceFeed
}): ReactElement {
  const scroller = useRef<HTMLDivElement>(null)
  const isNarrow = useNarrow()
  const rowHeightPx = isNarrow ? ROW_PX.narrow : ROW_PX.wide
  const headPx = isNarrow ? 0 : HEAD_PX
  const { traces } = found
  const [chosen, setChosen] = useState(feed.place().traceId)
  const place = traces.findIndex(({ traceId }) => traceId === chosen)
  const active = Math.max(0, place)
  const longestMs = traces.reduce((longest, { durationMs }) => Math.max(longest, durationMs), 0)

  /** Where the focus shall go, as soon as that row is there: the chosen one always is. */
  const [wanted, setWanted] = useState<{ readonly index: number }>()
  useEffect(() => {
    if (wanted !== undefined) linkAt(scroller.current, wanted.index)?.focus({ preventScroll: true })
  }, [wanted])
  // A time of another day is said with its day.
  const hasDays = traces.some(({ startMs }) => Date.now() - startMs > DAY_MS)
  const choose = (traceId: string): void => {
    setChosen(traceId)
    feed.remember({ scrollTopPx: scroller.current?.scrollTop ?? 0, traceId })
  }
  /** Brings a row into view and the focus to it. */
  const focusRow = (index: number): void => {
    const trace = traces[index]
    const element = scroller.current
    if (trace === undefined || element === null) return
    choose(trace.traceId)
    const topPx = index * rowHeightPx
    const bottomPx = topPx + rowHeightPx + headPx - element.clientHeight
    if (topPx < element.scrollTop) element.scrollTop = topPx
    else if (bottomPx > element.scrollTop) element.scrollTop = bottomPx
    setWanted({ index })
  }
  const goDown = (): void => focusRow(place + 1)
  const goUp = (): void => focusRow(Math.max(0, place - 1))
  useKeys({
    j: goDown,
    k: goUp,
    Enter: () => linkAt(scroller.current, place)?.click(),
  })
  const pressWithin = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: goDown,
      ArrowUp: goUp,
      Home: () => focusRow(0),
      End: () => focusRow(traces.length - 1),
    }
    const action = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined
    if (action === undefined) return
    event.preventDefault()
    action()
  }

  const firstTurn = useRef(found.turn)
  const begin = useEffectEvent(() => {
    const element = scroller.current
    const { scrollTopPx, traceId } = feed.place()
    const isAnew = firstTurn.current !== found.turn
    // A list that is new stands at its beginning; to say so would only lay it out once more.
    if (isAnew || scrollTopPx > 0) element?.scrollTo({ top: scrollTopPx, behavior: 'instant' })
    setChosen(traceId)
    const focused = document.activeElement
    const isFree = focused === null || focused === document.body || element?.contains(focused)
    // Who comes back goes on where they were; who asked for another list begins at its first row, if they are not elsewhere.
    if (!isAnew && traceId !== undefined && place !== -1) focusRow(place)
    if (isAnew && isFree === true) focusRow(0)
  })
  useEffect(() => begin(), [found.turn])

  return (
    <div
      ref={scroller}
      className={`traces-table${hasDays ? ' traces-table-days' : ''}${isBusy ? ' traces-busy' : ''}`}
      role="table"
      aria-label="Traces"
      aria-busy={isBusy}
      aria-rowcount={found.total + 1}
      onKeyDown={pressWithin}
      onScroll={({ currentTarget }) =>
        feed.remember({ scrollTopPx: currentTarget.scrollTop, traceId: chosen })
      }
    >
      <div role="rowgroup" className="traces-heads">
        <div role="row" aria-rowindex={1} className="traces-head">
          {COLUMNS.map(name => (
            <span key={name} role="columnheader" className={`traces-${name}`}>
              {name}
            </span>
          ))}
        </div>
      </div>
      <VirtualRows
        role="rowgroup"
        count={traces.length}
        rowHeightPx={rowHeightPx}
        scroller={scroller}
        keep={active}
        onReach={end => {
          if (end > traces.length - AHEAD_ROWS) feed.more()
        }}
        renderRow={(index, style) => {
          const trace = traces[index]
          return (
            trace !== undefined && (
              <TraceRow
                key={trace.traceId}
                trace={trace}
                index={index}
                style={style}
                longestMs={longestMs}
                isActive={index === active}
                onChoose={() => choose(trace.traceId)}
              />
            )
          )
        }}
      />
    </div>
  )
}

const linkAt = (element: HTMLElement | null, index: number): HTMLElement | null =>
  element?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null
