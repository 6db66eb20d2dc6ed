import type { ReactElement, ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'
import './notices.css'

/** What stands where there is nothing: why, and what to do next, with a command to copy. */
export function EmptyState({
  title,
  children,
  command,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly command?: string
}): ReactElement {
  return (
    <div className="notice">
      <h2>{title}</h2>
      {children}
      {command !== undefined && (
        <p className="command">
          <code>{command}</code> <CopyButton text={command} label="Copy command" />
        </p>
      )}
    </div>
  )
}

/** What stands while an answer is waited for. */
export function Loading(): ReactElement {
  return (
    <p className="loading" role="status">
      Loading…
    </p>
  )
}
