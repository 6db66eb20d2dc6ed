import type { ReactElement } from 'react'
import { useMeta } from '../data/meta.ts'
import { Link } from '../location/link.tsx'
import { ownershipPath } from '../location/paths.ts'
import './banners.css'

/** Says that the catalog is broken, and where it begins. */
export function CatalogBanner(): ReactElement | null {
  const catalog = useMeta()?.catalog
  const [first] = catalog?.problems ?? []
  if (catalog === undefined || first === undefined) return null
  const { length } = catalog.problems
  return (
    <div className="banner banner-warning">
      <strong title={catalog.file}>
        {catalog.file.split(/[\\/]/).at(-1)} has {length === 1 ? 'a problem' : `${length} problems`}
        .
      </strong>{' '}
      <code>{first.at}</code> {first.message}{' '}
      <Link href={ownershipPath()}>{length === 1 ? 'How to mend it' : 'See them all'}</Link>
    </div>
  )
}
