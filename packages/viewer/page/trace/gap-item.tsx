import type { Gap } from '@throughline/trace'
import type { ReactElement, ReactNode } from 'react'
import { CopyButton } from '../parts/copy-button.tsx'
import { LinkedTraceName } from './linked-trace.tsx'

/** One place where the trace breaks: what is missing, why we think so, and what mends it. */
export function GapItem({
  gap,
  children,
}: {
  readonly gap: Gap
  /** What else can be done about it. */
  readonly children?: ReactNode
}): ReactElement {
  const { sentence, evidence, certain, mend, linked, weight } = gap
  return (
    <div className={`gap gap-${weight}`}>
      <p className="gap-sentence">
        <span className="gap-weight">{weight === 'gap' ? '┄ gap' : 'note'}</span> {sentence}{' '}
        {linked !== undefined && <LinkedTraceName linked={linked} />} {children}
      </p>
      {mend !== undefined && (
        <p className="gap-mend">
          <span className="muted">To mend it: </span>
          <span className="gap-words">{mend}</span>{' '}
          <CopyButton text={mend} label="Copy what mends it" />
        </p>
      )}
      {evidence.length > 0 && (
        <details className="gap-evidence">
          <summary>
            {certain
              ? 'This is certain: what says so'
              : 'The likeliest of several reasons: what says so'}
          </summary>
          <ul>
            {evidence.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
      {evidence.length === 0 && !certain && (
        <p className="muted">This is the likeliest of several reasons.</p>
      )}
    </div>
  )
}
