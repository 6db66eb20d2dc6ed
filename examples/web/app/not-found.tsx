import Link from 'next/link'
import type { ReactNode } from 'react'
import { SiteHeader } from '#components/site-header.tsx'

export default function NotFound(): ReactNode {
  return (
    <>
      <SiteHeader />
      <main className="narrow">
        <h1>Nothing here</h1>
        <p className="muted">This page does not exist, or is not yours to see.</p>
        <Link href="/">To the start</Link>
      </main>
    </>
  )
}
