import type { ReactElement } from 'react'
import { formatMoment } from './moment-text.ts'

/** A local time, with the exact instant on hover. */
export function Moment({
  ms,
  exact = false,
}: {
  readonly ms: number
  readonly exact?: boolean
}): ReactElement {
  const iso = new Date(ms).toISOString()
  return (
    <time dateTime={iso} title={iso}>
      {formatMoment(ms, Date.now(), exact)}
    </time>
  )
}
