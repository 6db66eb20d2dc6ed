import { type ReactElement, useState } from 'react'
import type { TraceView } from '../../src/api/trace.ts'
import { GapItem } from './gap-item.tsx'
import { ShowSpan } from './show-span.tsx'

/** More than so many would push the trace out of sight. */
const SHOWN = 2

/** Where the trace breaks, why, and what to do; in a quiet line where it does not. */
export function GapsPanel({
  trace,
  onShow,
}: {
  readonly trace: TraceView
  readonly onShow: (place: number) => void
}): ReactElement {
  const gaps = trace.gaps.filter(({ weight }) => weight === 'gap')
  const notes = trace.gaps.filter(({ weight }) => weight === 'note')
  const [isWhole, setWhole] = useState(false)
  const items = isWhole ? [...gaps, ...notes] : gaps.slice(0, SHOWN)
  const hidden = gaps.length + notes.length - items.length
  if (gaps.length === 0 && notes.length === 0)
    return <p className="gaps-none muted">No part of this trace is missing.</p>
  return (
    <section
      className={gaps.length === 0 ? 'gaps gaps-noted' : 'gaps'}
      aria-labelledby="gaps-title"
    >
      <h2 id="gaps-title">{gaps.length === 0 ? 'No part of this trace is missing.' : 'Gaps'}</h2>{' '}
      {items.length > 0 && (
        <ul className="gaps-list">
          {items.map((gap, index) => (
            <li key={index}>
              <GapItem gap={gap}>
                {gap.span !== undefined && (
                  <ShowSpan trace={trace} place={gap.span} onShow={onShow}>
                    Show in trace
                  </ShowSpan>
                )}
              </GapItem>
            </li>
          ))}
        </ul>
      )}
      {(hidden > 0 || isWhole) && (
        <button
          type="button"
          className="quiet gaps-more"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? 'Show fewer' : `Show ${moreWords(gaps.length - items.length, notes.length)}`}
        </button>
      )}
    </section>
  )
}

function moreWords(gaps: number, notes: number): string {
  const words: string[] = []
  if (gaps > 0) words.push(`${gaps} more ${gaps === 1 ? 'gap' : 'gaps'}`)
  if (notes > 0) words.push(`${notes} ${notes === 1 ? 'note' : 'notes'}`)
  return words.join(' and ')
}
