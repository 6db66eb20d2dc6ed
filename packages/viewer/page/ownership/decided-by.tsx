import type { ReactElement } from 'react'
import { CopyButton } from '../parts/copy-button.tsx'

/** The line of the catalog that decided something: in short, and, when it is opened, whole and to be copied. */
export function DecidedBy({
  at,
  children,
}: {
  /** `ownership.yaml:61`. */
  readonly at: string
  /** What stands for it. @default `line 61` */
  readonly children?: string
}): ReactElement {
  return (
    <details className="decided">
      <summary title={`decided by ${at}`}>
        {children ?? (
          <>
            <span className="visually-hidden">decided by </span>
            {shortened(at)}
          </>
        )}
      </summary>
      <code>{at}</code> <CopyButton text={at} label={`Copy ${at}`} />
    </details>
  )
}

function shortened(at: string): string {
  const line = /:(\d+)$/.exec(at)?.[1]
  return line === undefined ? at : `line ${line}`
}
