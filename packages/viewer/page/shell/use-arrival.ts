import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Place } from '../location/paths.ts'

/**
 * Brings the focus to the content when another page is come to, unless the page has put it somewhere in there itself, and gives the title
 * of what is come to, to be read out.
 */
export function useArrival(main: RefObject<HTMLElement | null>, place: Place): string {
  const page = place.page === 'trace' ? `trace ${place.traceId}` : place.page
  const last = useRef(page)
  useEffect(() => {
    const element = main.current
    if (last.current === page || element === null) return
    last.current = page
    if (element.contains(document.activeElement)) return
    element.scrollTop = 0
    element.focus({ preventScroll: true })
  }, [main, page])
  return useChangedTitle()
}

/** The title of the page since it changed last; a page may know it only some time after it was come to. */
function useChangedTitle(): string {
  const [title, setTitle] = useState('')
  useEffect(() => {
    const element = document.querySelector('title')
    if (element === null) return undefined
    const observer = new MutationObserver(() => setTitle(document.title))
    observer.observe(element, { childList: true })
    return () => observer.disconnect()
  }, [])
  return title
}
