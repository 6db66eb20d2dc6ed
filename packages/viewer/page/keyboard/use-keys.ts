import { useEffect, useEffectEvent } from 'react'

/** What each key does, by `KeyboardEvent.key`. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

const TYPING = 'input, textarea, select, [contenteditable]'

/** Listens for keys while the component is there, but not while somebody types or holds a modifier, or a dialog is open. */
export function useKeys(keys: Keys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target instanceof Element ? event.target : undefined
    if (target?.closest(TYPING) != null || document.querySelector('dialog[open]') !== null) return
    // What a focused link or button does with Enter is its own.
    if (event.key === 'Enter' && target?.closest('a, button, summary') != null) return
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined
    if (action === undefined) return
    event.preventDefault()
    action(event)
  })
  useEffect(() => {
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}
