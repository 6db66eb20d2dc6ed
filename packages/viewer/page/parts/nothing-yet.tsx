import type { ReactElement } from 'react'
import { useMeta } from '../data/meta.ts'
import { Link } from '../location/link.tsx'
import { tracesPath } from '../location/paths.ts'
import { EmptyState } from './empty-state.tsx'

/** What stands on a page that is made of spans, while none has come. */
export function NothingYet({ title }: { readonly title: string }): ReactElement {
  const endpoint = useMeta()?.endpoint ?? window.location.origin
  return (
    <EmptyState title={title} command={`export OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}`}>
      <p>
        Start an app that sends its spans here, and ask it for something. In the terminal that
        starts it (<Link href={tracesPath()}>other ways</Link>):
      </p>
    </EmptyState>
  )
}
