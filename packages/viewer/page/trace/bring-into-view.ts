/** Scrolls until a row can be seen, also one that is not drawn: as little as is needed, or far away to the middle. */
export function bringIntoView(
  scroller: HTMLElement,
  {
    listTop,
    coveredPx,
    rowTop,
    rowHeightPx,
  }: {
    /** Where the list begins now, within the browser's window. */
    readonly listTop: number
    /** What stays on top of the rows while they scroll. */
    readonly coveredPx: number
    /** Of the row within the list. */
    readonly rowTop: number
    readonly rowHeightPx: number
  },
): void {
  const { top, height } = scroller.getBoundingClientRect()
  const at = listTop + rowTop - top
  const highest = coveredPx
  const lowest = height - rowHeightPx
  if (at >= highest && at <= lowest) return
  const isFar = at < highest - height || at > lowest + height
  const wanted = isFar ? (highest + lowest) / 2 : at < highest ? highest : lowest
  scroller.scrollTop += at - wanted
}
