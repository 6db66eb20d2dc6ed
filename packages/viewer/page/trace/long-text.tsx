import { type ReactElement, useState } from 'react'
import { formatCount } from '../parts/count-text.ts'

const SHORT = 320

/** A text that may be long: the beginning of it, until all of it is asked for. */
export function LongText({ text }: { readonly text: string }): ReactElement {
  const [isWhole, setWhole] = useState(false)
  if (text === '') return <span className="muted">(empty)</span>
  if (text.length <= SHORT * 1.25) return <span className="long-text">{text}</span>
  return (
    <span className="long-text">
      {isWhole ? text : `${text.slice(0, SHORT)}…`}{' '}
      <button
        type="button"
        className="quiet"
        aria-expanded={isWhole}
        onClick={() => setWhole(!isWhole)}
      >
        {isWhole ? 'Show less' : `Show all ${formatCount(text.length)} characters`}
      </button>
    </span>
  )
}
