import type { CatalogState, ConfiguredLinks, Meta, Stored } from '../api/meta.ts'
import type { CatalogReading } from '../live-catalog.ts'
import type { ReadingOptions } from '../reading/protocol.ts'
import type { StoreReader } from '../store/store.ts'
import { linksWith } from './trace-links.ts'

/** What the viewer is, and what it holds. */
export function createMetaView(
  reader: Pick<StoreReader, 'services' | 'teams'>,
  stored: Stored,
  catalog: CatalogReading,
  { viewer, links }: Pick<ReadingOptions, 'viewer' | 'links'>,
): Meta {
  const listed = catalog.state === 'ready' ? catalog.catalog.teams.keys() : []
  return {
    ...viewer,
    stored,
    services: reader
      .services()
      .map(({ name }) => name)
      .toSorted(),
    teams: [...new Set([...listed, ...reader.teams()])].toSorted(),
    catalog: stateOf(catalog),
    links: linksWith(links, catalog) satisfies ConfiguredLinks,
  }
}

function stateOf(catalog: CatalogReading): CatalogState | undefined {
  switch (catalog.state) {
    case 'absent':
      return undefined
    case 'ready':
      return { file: catalog.catalog.file, problems: [] }
    case 'broken':
      return { file: catalog.file, problems: catalog.problems }
  }
}
