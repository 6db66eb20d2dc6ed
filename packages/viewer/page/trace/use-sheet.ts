import { useSyncExternalStore } from 'react'

/** Details have no room beside the waterfall. */
const WITHOUT_SIDE = '(width < 960px)'

/** Whether details cover the whole page. */
export function useSheet(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(WITHOUT_SIDE).matches)
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(WITHOUT_SIDE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
