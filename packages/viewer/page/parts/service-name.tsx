import type { ReactElement } from 'react'
import { useMeta } from '../data/meta.ts'
import { hueOf } from './service-hue.ts'
import './chips.css'

/** A service by its name, with the mark of its hue; a hollow one where it is only seen from outside. */
export function ServiceName({
  name,
  outside = false,
}: {
  readonly name: string
  readonly outside?: boolean
}): ReactElement {
  const hue = hueOf(name, useMeta()?.services)
  return (
    <span className="service">
      <i
        className={`service-mark hue-${hue}${outside ? ' service-outside' : ''}`}
        aria-hidden="true"
      />
      {name}
      {outside && <span className="visually-hidden"> (only called)</span>}
    </span>
  )
}
