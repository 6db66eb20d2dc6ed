import { type ReactElement, useState } from 'react'
import './copy-button.css'

const SHOWN_MS = 1500

/** Copies a text, and says that it did. */
export function CopyButton({
  text,
  label,
  idle = 'copy',
}: {
  readonly text: string
  /** What it copies, for who cannot see it: `Copy trace id`. */
  readonly label: string
  /** What stands on it. @default 'copy' */
  readonly idle?: string
}): ReactElement {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('refused')
    }
    setTimeout(() => setState('idle'), SHOWN_MS)
  }
  const says = { idle, copied: 'copied', refused: 'not allowed' }[state]
  return (
    <button type="button" className="copy" aria-label={label} onClick={() => void copy()}>
      <span aria-live="polite">{says}</span>
    </button>
  )
}
