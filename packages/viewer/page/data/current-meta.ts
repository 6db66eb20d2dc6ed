import { useEffect, useEffectEvent, useState } from 'react'
import type { Meta } from '../../src/api/meta.ts'
import type { Live } from './live.ts'
import { createPaced } from './paced.ts'
import { type Resource, useResource } from './use-resource.ts'

/** How often it is asked at most. */
const EVERY_MS = 5000

/**
 * What the viewer is: asked again when there are new traces, since they may be of a new service; when the viewer is back; and when
 * somebody comes back to the page, since they may have edited the catalog.
 */
export function useCurrentMeta(live: Live): Resource<Meta> {
  const meta = useResource<Meta>('/api/meta')
  const [kept, setKept] = useState(meta.data)
  const reload = useEffectEvent(() => meta.reload())
  useEffect(() => {
    let { stored, isLost } = live.read()
    const asking = createPaced(reload, EVERY_MS)
    const stopHearing = live.subscribe(() => {
      const now = live.read()
      const isNew = stored !== undefined && now.stored?.newest !== stored.newest
      if (isNew || (isLost && !now.isLost)) asking.ask()
      ;({ stored, isLost } = now)
    })
    window.addEventListener('focus', asking.ask)
    return () => {
      stopHearing()
      asking.stop()
      window.removeEventListener('focus', asking.ask)
    }
  }, [live])
  // Who reads it draws anew only where something is different.
  const isSame = writeLasting(meta.data) === writeLasting(kept)
  if (!isSame) setKept(meta.data)
  return { ...meta, data: isSame ? kept : meta.data }
}

/** All but what changes with each span; {@link Live} says that. */
const writeLasting = (meta: Meta | undefined): string | undefined =>
  JSON.stringify(meta, (key, value: unknown) => (key === 'stored' ? undefined : value))
