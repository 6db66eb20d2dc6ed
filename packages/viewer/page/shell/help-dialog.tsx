import { type ReactElement, useEffect, useRef } from 'react'
import './help-dialog.css'

const SHORTCUTS = [
  ['/', 'search'],
  ['j  k', 'next, previous row'],
  ['Enter', 'open'],
  ['[  ]', 'previous, next error of a trace'],
  ['←  →', 'close, open what stands below a span'],
  ['f  0', 'look closely at a span, at the whole trace'],
  ['n  N', 'next, previous place of what is looked for in a trace'],
  ['Escape', 'close the details of a span'],
  ['.', 'show new traces'],
  ['?', 'this list'],
] as const

/** The keys, in a dialog. */
export function HelpDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean
  readonly onClose: () => void
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Keys</h2>
      <dl>
        {SHORTCUTS.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  )
}
