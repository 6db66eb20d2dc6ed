import { memo, type MemoExoticComponent, type ReactElement } from 'react'
import { levelOfRow, type Row } from './rows.ts'
import { GapCells, LogCells, SpanCells } from './waterfall-cells.tsx'
import type { RowSurroundings } from './row-surroundings.ts'

/** Deeper rows are not moved further in: their text would have no room. */
const DEEPEST = 24

/** Options of {@link WaterfallRow}: plain values, so that a row that stays as it is is not drawn again. */
interface WaterfallRowProps {
  readonly kind: Row['kind']
  readonly place: number
  readonly index: number
  readonly topPx: number
  /** Absent where nothing can be opened or closed. */
  readonly isExpanded: boolean | undefined
  readonly isChosen: boolean
  /** Whether Tab comes to this row. */
  readonly isCurrent: boolean
  /** Whether it is there only for what is below it. */
  readonly isContext: boolean
  readonly surroundings: RowSurroundings
}

/** One row of the waterfall. Presses are heard by the waterfall, which finds the row by its `data-index`. */
export const WaterfallRow: MemoExoticComponent<(props: WaterfallRowProps) => ReactElement> = memo(
  function WaterfallRow({
    kind,
    place,
    index,
    topPx,
    isExpanded,
    isChosen,
    isCurrent,
    isContext,
    surroundings,
  }: WaterfallRowProps): ReactElement {
    const level = levelOfRow(surroundings.trace, { kind, place })
    const marks = [`waterfall-row waterfall-${kind}`]
    if (isChosen) marks.push('waterfall-chosen')
    if (isContext) marks.push('waterfall-context')
    const cells = { place, surroundings, isExpanded, indent: Math.min(level - 1, DEEPEST) }
    return (
      <div
        role="row"
        className={marks.join(' ')}
        style={{ top: topPx }}
        data-index={index}
        tabIndex={isCurrent ? 0 : -1}
        aria-level={level}
        aria-rowindex={index + 2}
        aria-expanded={isExpanded}
        aria-selected={isChosen}
      >
        {kind === 'span' && <SpanCells {...cells} />}
        {kind === 'gap' && <GapCells {...cells} />}
        {kind === 'log' && <LogCells {...cells} />}
      </div>
    )
  },
)
