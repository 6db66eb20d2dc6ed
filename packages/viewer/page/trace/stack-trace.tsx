import type { ReactElement } from 'react'
import { CopyButton } from '../parts/copy-button.tsx'
import { readStack } from './stack-text.ts'

/** A stack trace; frames of libraries stand back behind those of the application. */
export function StackTrace({
  stack,
  says,
}: {
  readonly stack: string
  /** What stands above it already. */
  readonly says: string
}): ReactElement {
  const lines = readStack(stack)
  const shown = lines[0]?.text.trim() === says ? lines.slice(1) : lines
  return (
    <div className="stack">
      <CopyButton text={stack} label="Copy stack" />
      <pre tabIndex={0} role="group" aria-label="Stack">
        {shown.map(({ text, kind }, place) => (
          <span key={place} className={`stack-${kind}`}>
            {text}
            {'\n'}
          </span>
        ))}
      </pre>
    </div>
  )
}
