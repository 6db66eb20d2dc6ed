import type { ReactElement } from 'react'
import { Link } from '../location/link.tsx'
import { tracesPath } from '../location/paths.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { useTitle } from '../parts/use-title.ts'

/** For an address that shows nothing. */
export function NotFoundPage({ path }: { readonly path: string }): ReactElement {
  useTitle('No such page')
  return (
    <>
      <h1 className="visually-hidden">No such page</h1>
      <EmptyState title={`There is no page ${path}`}>
        <p>
          <Link href={tracesPath()}>See the newest traces</Link>
        </p>
      </EmptyState>
    </>
  )
}
