import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { TraceView } from '../../src/api/trace.ts'
import { navigate } from '../location/location.ts'
import { type Row, type VisibleRows, isWanted, layRows, spanOfRow, spansWithLogs } from './rows.ts'
import { spanAddress } from './span-address.ts'
import { ancestorsOf, carryPlaces } from './span-tree.ts'
import { useWaterfallChoice, type WaterfallChoice } from './waterfall-choice.ts'

/** What the waterfall shows, and what can be done with it. */
export interface Waterfall {
  readonly choice: WaterfallChoice
  readonly rows: VisibleRows
  /** Row that Tab comes to, and that keys move from. */
  readonly current: number
  /** Place of the span whose details are open; -1 where none is. */
  readonly chosen: number
  /** A new object whenever the current row has to come into view; absent until then. */
  readonly wish: Wish | undefined
  /** Whether the rows below a span are shown; absent where there are none. */
  readonly isExpanded: (place: number) => boolean | undefined
  readonly toggle: (place: number) => void
  readonly expandAll: () => void
  readonly collapseAll: () => void
  /** Goes to a row; where details are open, they go along. */
  readonly move: (index: number) => void
  /** Brings a row into view, and leaves the focus where it is. */
  readonly show: (index: number) => void
  /** Brings a span into view, and what it is closed in opens. */
  readonly reveal: (place: number, wish?: Partial<Wish>) => void
  /** Opens the details of the span that a row belongs to. */
  readonly open: (index: number) => void
  readonly close: () => void
}

interface Wish {
  /** Whether the row takes the focus. */
  readonly focus: boolean
}

const NO_SPANS: ReadonlySet<number> = new Set()
const FIRST: Row = { kind: 'span', place: 0 }

/** Keeps what is open, closed and current in the waterfall of one trace. */
export function useWaterfall(trace: TraceView, spanId: string | undefined): Waterfall {
  const { spans, logs, traceId } = trace
  const choice = useWaterfallChoice(trace.durationMs)
  const { filter } = choice
  const [collapsed, setCollapsed] = useState(NO_SPANS)
  const [cursor, setCursor] = useState(FIRST)
  const [wish, setWish] = useState<Wish>()
  const [known, setKnown] = useState(trace)
  if (known !== trace) {
    // A trace that has grown has other spans at its places.
    setKnown(trace)
    setCollapsed(carryPlaces(known, trace, collapsed))
    const [place = 0] = carryPlaces(known, trace, [spanOfRow(known, cursor) ?? 0])
    setCursor({ kind: 'span', place })
  }
  const withLogs = useMemo(
    () => (choice.logs ? spansWithLogs(logs) : NO_SPANS),
    [choice.logs, logs],
  )
  const chosen = useMemo(
    () => (spanId === undefined ? -1 : spans.findIndex(span => span.spanId === spanId)),
    [spans, spanId],
  )
  const span = spans[chosen]
  const besides = span === undefined || isWanted(span, filter) ? undefined : chosen
  const rows = useMemo(
    () => layRows(trace, { collapsed, filter, besides, logs: choice.logs }),
    [trace, collapsed, filter, besides, choice.logs],
  )
  const current = useMemo(() => Math.max(0, rows.indexOf(cursor)), [rows, cursor])

  const isExpanded = useCallback(
    (place: number) => {
      const has = (spans[place]?.descendants ?? 0) > 0 || withLogs.has(place)
      return has ? !collapsed.has(place) : undefined
    },
    [spans, withLogs, collapsed],
  )
  const reveal = useCallback(
    (place: number, { focus = false }: Partial<Wish> = {}) => {
      const ancestors = ancestorsOf(spans, place)
      setCollapsed(now => new Set([...now].filter(closed => !ancestors.includes(closed))))
      setCursor({ kind: 'span', place })
      setWish({ focus })
    },
    [spans],
  )
  // A span that is chosen elsewhere, as by a link or by going back, comes into view.
  const follow = useEffectEvent((place: number) => {
    const row = rows.rowAt(current)
    if (place !== -1 && (row === undefined || spanOfRow(trace, row) !== place)) reveal(place)
  })
  useEffect(() => follow(chosen), [chosen])

  const goTo = (place: number | undefined, options?: { readonly replace: boolean }): void =>
    navigate(spanAddress(traceId, spans[place ?? -1]?.spanId), options)
  const isClosable = (place: number): boolean =>
    (spans[place]?.depth ?? 0) > 0 && isExpanded(place) !== undefined
  const moveTo = (index: number, next: Wish): void => {
    const row = rows.rowAt(index)
    if (row === undefined) return
    setCursor(row)
    setWish(next)
    const place = spanOfRow(trace, row)
    if (chosen !== -1 && place !== undefined) goTo(place, { replace: true })
  }
  return {
    choice: {
      ...choice,
      // What is asked for may be closed in: all of it opens.
      setOnly: only => {
        setCollapsed(NO_SPANS)
        choice.setOnly(only)
      },
      setService: service => {
        setCollapsed(NO_SPANS)
        choice.setService(service)
      },
      setFind: text => {
        setCollapsed(NO_SPANS)
        choice.setFind(text)
      },
    },
    rows,
    current,
    chosen,
    wish,
    isExpanded,
    toggle(place) {
      setCursor({ kind: 'span', place })
      setCollapsed(now => {
        const next = new Set(now)
        if (!next.delete(place)) next.add(place)
        return next
      })
    },
    expandAll: () => setCollapsed(NO_SPANS),
    collapseAll() {
      // The roots stay open: a single line tells nothing.
      setCollapsed(new Set([...spans.keys()].filter(isClosable)))
    },
    move: index => moveTo(index, { focus: true }),
    show: index => moveTo(index, { focus: false }),
    reveal,
    open(index) {
      const row = rows.rowAt(index)
      if (row === undefined) return
      setCursor(row)
      const place = spanOfRow(trace, row)
      if (place !== undefined) goTo(place)
    },
    close: () => goTo(undefined),
  }
}
