import { useSyncExternalStore } from 'react'

const CHANGED = 'throughline:location'

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener)
  window.addEventListener(CHANGED, listener)
  return () => {
    window.removeEventListener('popstate', listener)
    window.removeEventListener(CHANGED, listener)
  }
}

const readAddress = (): string => window.location.pathname + window.location.search

/** Path and query of where the page is; the component renders again when they change. */
export function useLocation(): string {
  return useSyncExternalStore(subscribe, readAddress)
}

/** Goes to an address of the page; `replace` leaves no step to go back to. */
export function navigate(
  address: string,
  { replace = false }: { readonly replace?: boolean } = {},
): void {
  if (address === readAddress()) return
  window.history[replace ? 'replaceState' : 'pushState'](null, '', address)
  window.dispatchEvent(new Event(CHANGED))
}

/** Value of a parameter in the address, and what sets it; an empty value takes it out. */
export function useParameter(name: string): readonly [string, (value: string) => void] {
  const address = new URL(useLocation(), window.location.origin)
  const set = (value: string): void => {
    const next = new URL(readAddress(), window.location.origin)
    if (value === '') next.searchParams.delete(name)
    else next.searchParams.set(name, value)
    navigate(next.pathname + next.search, { replace: true })
  }
  return [address.searchParams.get(name) ?? '', set]
}
