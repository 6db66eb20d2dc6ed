import type { LinkedTrace } from '@throughline/trace'
import type { ReactElement } from 'react'
import { Link } from '../location/link.tsx'
import { tracePath } from '../location/paths.ts'

/** The trace in which this one goes on, or from which it comes: a link where it is here. */
export function LinkedTraceName({ linked }: { readonly linked: LinkedTrace }): ReactElement {
  const { traceId, spanId, here, direction } = linked
  const says = direction === 'continues-in' ? 'continues in trace' : 'comes from trace'
  const name = <code>{traceId.slice(0, 8)}…</code>
  if (here)
    return (
      <Link href={tracePath(traceId, spanId)} title={traceId}>
        {says} {name}
      </Link>
    )
  return (
    <span title={traceId}>
      {says} {name}, which is not here
    </span>
  )
}
