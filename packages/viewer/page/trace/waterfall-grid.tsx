import {
  type MouseEvent,
  type ReactElement,
  type RefObject,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
} from 'react'
import type { TraceView } from '../../src/api/trace.ts'
import { useMeta } from '../data/meta.ts'
import { hueOf } from '../parts/service-hue.ts'
import { useNarrow } from '../parts/use-narrow.ts'
import { VirtualRows } from '../parts/virtual-rows.tsx'
import { bringIntoView } from './bring-into-view.ts'
import { keyOfRow } from './rows.ts'
import { TimeAxis } from './time-axis.tsx'

import { useWaterfallKeys } from './waterfall-keys.ts'
import { WaterfallRow } from './waterfall-row.tsx'
import './waterfall.css'
import type { Waterfall } from './waterfall-state.ts'

const ROW_PX = 26
/** On a narrow screen the bar stands below the title. */
const NARROW_ROW_PX = 44

/** The spans of a trace by time, with its gaps and logs where they belong. */
export function WaterfallGrid({
  trace,
  waterfall,
  scroller,
}: {
  readonly trace: TraceView
  readonly waterfall: Waterfall
  readonly scroller: RefObject<HTMLElement | null>
}): ReactElement {
  const { rows, current, chosen, choice, wish, isExpanded } = waterfall
  const isNarrow = useNarrow()
  const rowHeightPx = isNarrow ? NARROW_ROW_PX : ROW_PX
  const grid = useRef<HTMLDivElement>(null)
  const top = useRef<HTMLDivElement>(null)
  const services = useMeta()?.services
  const hues = useMemo(() => {
    const names = new Set(trace.spans.map(({ service }) => service))
    return new Map([...names].map(name => [name, hueOf(name, services)]))
  }, [trace, services])
  const { window: seen, find } = choice
  const surroundings = useMemo(
    () => ({ trace, window: seen, find, hues }),
    [trace, seen, find, hues],
  )
  const { press } = useWaterfallKeys(trace, waterfall)
  const fulfil = useEffectEvent(({ focus }: { readonly focus: boolean }) => {
    if (scroller.current === null || grid.current === null || top.current === null) return
    bringIntoView(scroller.current, {
      listTop: grid.current.getBoundingClientRect().top + top.current.offsetHeight,
      coveredPx: top.current.offsetHeight,
      rowTop: current * rowHeightPx,
      rowHeightPx,
    })
    const row = grid.current.querySelector<HTMLElement>(`[data-index="${current}"]`)
    if (focus) row?.focus({ preventScroll: true })
  })
  useEffect(() => {
    if (wish !== undefined) fulfil(wish)
  }, [wish])
  const click = (event: MouseEvent<HTMLElement>): void => {
    const target = event.target instanceof Element ? event.target : undefined
    const index = Number(target?.closest('[data-index]')?.getAttribute('data-index') ?? -1)
    const row = rows.rowAt(index)
    if (row === undefined || window.getSelection()?.isCollapsed === false) return
    if (target?.closest('[data-toggle=true]') != null) waterfall.toggle(row.place)
    else waterfall.open(index)
  }
  return (
    <div
      ref={grid}
      className="waterfall"
      role="treegrid"
      aria-label="Spans of the trace"
      aria-rowcount={rows.count + 1}
      aria-colcount={3}
      onClick={click}
      onKeyDown={press}
    >
      <div ref={top} role="rowgroup" className="waterfall-top">
        <div role="row" className="waterfall-heads" aria-rowindex={1}>
          <span role="columnheader" className="waterfall-what">
            span
          </span>
          <span role="columnheader" className="waterfall-team">
            team
          </span>
          <div role="columnheader" className="waterfall-when">
            <span className="visually-hidden">time</span>
            <TimeAxis
              window={seen}
              most={isNarrow ? 3 : chosen === -1 ? 6 : 4}
              onZoom={choice.zoom}
            />
          </div>
        </div>
      </div>
      <VirtualRows
        role="rowgroup"
        count={rows.count}
        rowHeightPx={rowHeightPx}
        scroller={scroller}
        keep={current}
        renderRow={index => {
          const row = rows.rowAt(index)
          return (
            row !== undefined && (
              <WaterfallRow
                key={keyOfRow(row)}
                kind={row.kind}
                place={row.place}
                index={index}
                topPx={index * rowHeightPx}
                isExpanded={row.kind === 'span' ? isExpanded(row.place) : undefined}
                isChosen={row.kind === 'span' && row.place === chosen}
                isCurrent={index === current}
                isContext={row.kind === 'span' && rows.wanted[row.place] === 0}
                surroundings={surroundings}
              />
            )
          )
        }}
      />
    </div>
  )
}
