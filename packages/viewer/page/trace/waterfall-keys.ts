import type { KeyboardEvent } from 'react'
import type { TraceView } from '../../src/api/trace.ts'
import { type Keys, useKeys } from '../keyboard/use-keys.ts'
import { createMatcher } from './find-text.ts'
import { findRow, spanOfRow } from './rows.ts'
import { findSpan } from './span-tree.ts'
import { windowAround } from './time-scale.ts'
import type { Waterfall } from './waterfall-state.ts'

/** What the keys do wherever the focus is, and in `press` what they do among the rows alone. */
export function useWaterfallKeys(
  trace: TraceView,
  waterfall: Waterfall,
): { readonly press: (event: KeyboardEvent) => void } {
  const { rows, current, choice, move, open, isExpanded, toggle } = waterfall
  const row = rows.rowAt(current)
  const place = row === undefined ? undefined : spanOfRow(trace, row)
  const goToError = (step: 1 | -1): void => {
    const next = findSpan(trace.spans, place ?? 0, step, ({ failed }) => failed)
    if (next === undefined) return
    waterfall.reveal(next, { focus: true })
  }
  const zoomToSpan = (): void => {
    const span = place === undefined ? undefined : trace.spans[place]
    if (span === undefined) return
    const { startMs, durationMs } = span
    choice.zoom(windowAround(startMs, startMs + durationMs, trace.durationMs))
  }
  const leave = (): void => {
    if (row?.kind === 'span' && isExpanded(row.place) === true) toggle(row.place)
    else if (row !== undefined && row.kind !== 'span' && place !== undefined)
      move(rows.rowOfSpan[place] ?? -1)
    else move(rows.rowOfSpan[trace.spans[place ?? -1]?.parent ?? -1] ?? -1)
  }
  const enter = (): void => {
    if (row?.kind !== 'span') return
    if (isExpanded(row.place) === false) toggle(row.place)
    else if (isExpanded(row.place) === true) move(current + 1)
  }
  const goToFound = (step: 1 | -1): void => move(findNext(trace, waterfall, step) ?? -1)
  useKeys({
    j: () => move(current + 1),
    k: () => move(current - 1),
    ']': () => goToError(1),
    '[': () => goToError(-1),
    n: () => goToFound(1),
    N: () => goToFound(-1),
    f: zoomToSpan,
    '0': () => choice.zoom(undefined),
    Enter: () => open(current),
    Escape: () => waterfall.close(),
  })
  const among: Keys = {
    ArrowDown: () => move(current + 1),
    ArrowUp: () => move(current - 1),
    ArrowLeft: leave,
    ArrowRight: enter,
    Home: () => move(0),
    End: () => move(rows.count - 1),
    ' ': () => open(current),
  }
  return {
    press(event) {
      const action = Object.hasOwn(among, event.key) ? among[event.key] : undefined
      if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      action(event.nativeEvent)
    },
  }
}

/** Row of what is looked for next, or before. */
export function findNext(
  trace: TraceView,
  { rows, current, choice }: Waterfall,
  step: 1 | -1,
): number | undefined {
  return findRow(rows, current, step, createMatcher(trace, choice.find))
}
