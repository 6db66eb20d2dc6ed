import type { Page } from './page.ts'

/** Follows a page from its load, after which it calls `onLoaded` once, to the moment that it is left or hidden. */
export function watchLife(page: Page, onLoaded: () => void): void {
  let told = false
  const tellLoad = (): void => {
    if (told) return
    told = true
    page.tellLoad()
  }
  const finishLoad = (): void => {
    tellLoad()
    onLoaded()
  }
  // The event ends after its listeners have run.
  const wait = (): unknown => setTimeout(finishLoad)
  if (document.readyState === 'complete') wait()
  else addEventListener('load', wait)

  addEventListener('pagehide', () => {
    tellLoad()
    page.leave()
  })
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') page.leave()
  })
  // Shown again as it was left: what it was rendered for has passed.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) page.replaceTrace()
  })
}
