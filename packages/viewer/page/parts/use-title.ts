import { useEffect } from 'react'

/** Names the page in the browser's tab: `Traces · Throughline`. Undefined, as while it loads, leaves the name as it is. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · Throughline`
  }, [title])
}
