import { createResolver, type Catalog, type Resolver } from '@throughline/catalog'
import { createLinks, type Links } from './links.ts'

/** A catalog with what everything here asks of it. */
export interface Ownership {
  readonly catalog: Catalog
  readonly resolver: Resolver
  readonly links: Links
}

/** Compiles a catalog, once for all that is made from it. */
export function compileOwnership(catalog: Catalog): Ownership {
  return { catalog, resolver: createResolver(catalog), links: createLinks(catalog) }
}
