import { createResolver, parseCatalog } from '@throughline/catalog'
import type { CatalogReading } from '../../src/live-catalog.ts'
import { catalogText } from '../catalog-text.ts'

/** The catalog of the tests, as it is once it is read. */
export function readyCatalog(): Extract<CatalogReading, { state: 'ready' }> {
  const parsed = parseCatalog(catalogText())
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return { state: 'ready', catalog: parsed.value, resolver: createResolver(parsed.value) }
}

export const ABSENT: CatalogReading = { state: 'absent' }
