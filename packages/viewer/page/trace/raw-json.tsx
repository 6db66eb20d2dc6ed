import { type ReactElement, useState } from 'react'
import { CopyButton } from '../parts/copy-button.tsx'

/** A value as JSON, written only when it is asked for. */
export function RawJson({ value }: { readonly value: unknown }): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const text = isOpen ? JSON.stringify(value, undefined, 2) : ''
  return (
    <section className="raw">
      <button
        type="button"
        className="quiet"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? 'Hide JSON' : 'Show JSON'}
      </button>{' '}
      {isOpen && (
        <>
          <CopyButton text={text} label="Copy JSON" />
          <pre tabIndex={0} role="group" aria-label="JSON">
            {text}
          </pre>
        </>
      )}
    </section>
  )
}
