import {
  type CSSProperties,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'

/** Rows beyond the edges that are there already when somebody scrolls. */
const OVERSCAN = 8

/** Options of {@link VirtualRows}. */
interface VirtualRowsProps {
  readonly count: number
  /** Every row is that high. */
  readonly rowHeightPx: number
  /** What scrolls: an element around this one. Other things may stand above the rows in it. */
  readonly scroller: RefObject<HTMLElement | null>
  /** Draws the row at a place; it gets the style that puts it there, and must use it. */
  readonly renderRow: (index: number, style: CSSProperties) => ReactNode
  /** What the rows are together, as `rowgroup` in a table. */
  readonly role?: string
  /** A row that is always there, as the one with the focus must be. */
  readonly keep?: number | undefined
  /** Told which row comes after the last one that is there, whenever that or `count` changes. */
  readonly onReach?: (end: number) => void
}

/** A long list of which only the rows exist that can be seen. */
export function VirtualRows({
  count,
  rowHeightPx,
  scroller,
  renderRow,
  role,
  keep,
  onReach,
}: VirtualRowsProps): ReactElement {
  const list = useRef<HTMLDivElement>(null)
  const [{ first, last }, setWindow] = useState(() => ({
    first: 0,
    last: Math.ceil(window.innerHeight / rowHeightPx),
  }))
  useEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    // Places are measured when something changes its size, and not on the way: reading them then would lay the page out.
    let above = 0
    let height = 0
    const move = (): void => {
      if (height === 0) return
      const top = element.scrollTop - above
      const next = {
        first: Math.max(0, Math.floor(top / rowHeightPx) - OVERSCAN),
        last: Math.max(0, Math.ceil((top + height) / rowHeightPx)) + OVERSCAN,
      }
      setWindow(now => (now.first === next.first && now.last === next.last ? now : next))
    }
    const measure = (): void => {
      const listTop = list.current?.getBoundingClientRect().top ?? 0
      above = listTop - element.getBoundingClientRect().top + element.scrollTop
      height = element.clientHeight
      move()
    }
    // Drawn at once, in the frame that shows them: later ones would be empty for a moment.
    const scroll = (): void => flushSync(move)
    element.addEventListener('scroll', scroll, { passive: true })
    // Is told of each size once it is known, also of the first.
    const observer = new ResizeObserver(() => flushSync(measure))
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => {
      element.removeEventListener('scroll', scroll)
      observer.disconnect()
    }
  }, [scroller, rowHeightPx])
  const reach = useEffectEvent(() => {
    onReach?.(last)
  })
  useEffect(() => reach(), [last, count])

  const end = Math.min(count, last)
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, place) => first + place)
  if (keep !== undefined && keep < count && keep < first) indexes.unshift(keep)
  if (keep !== undefined && keep < count && keep >= Math.max(first, end)) indexes.push(keep)
  return (
    <div ref={list} role={role} style={{ position: 'relative', height: count * rowHeightPx }}>
      {indexes.map(index =>
        renderRow(index, {
          position: 'absolute',
          top: index * rowHeightPx,
          height: rowHeightPx,
          left: 0,
          right: 0,
        }),
      )}
    </div>
  )
}
