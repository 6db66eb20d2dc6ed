import type { ReactElement, ReactNode } from 'react'
import './page-body.css'

/** A page that scrolls as a whole: its name, and what it shows. */
export function PageBody({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}): ReactElement {
  return (
    <div className="page-body">
      <h1>{title}</h1>
      {children}
    </div>
  )
}

/** What a page says before it shows anything. */
export function PageSentence({ children }: { readonly children: ReactNode }): ReactElement {
  return <p className="page-sentence">{children}</p>
}
