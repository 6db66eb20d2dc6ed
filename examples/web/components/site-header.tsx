import Link from 'next/link'
import type { ReactNode } from 'react'

/** The top of every page: the name on the left, the ways on from here on the right. */
export function SiteHeader({ children }: { readonly children?: ReactNode }): ReactNode {
  return (
    <header className="site-header">
      <Link href="/" className="brand">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 4v16M10 4v16M15 4v16M20 4v16M2 17 23 7" />
        </svg>
        Tallyhouse
      </Link>
      <nav aria-label="Main">{children}</nav>
    </header>
  )
}
