import {
  createResolver,
  createUnownedResolver,
  findCatalog,
  readCatalog,
  renderProblems,
} from '@throughline/catalog'
import type { Catalog, Resolver } from '@throughline/catalog'
import type { Reporter } from './diagnostics.ts'

/** Who owns what, as far as the catalog could be read. */
export interface OwnerSource {
  readonly resolver: Resolver
  /** The catalog, or undefined when there is none or it is broken. */
  readonly catalog: Catalog | undefined
}

/**
 * Reads the catalog at `path`, else the nearest `ownership.yaml` from `folder` upwards.
 *
 * Never throws: without a catalog, or with a broken one, every span is unowned, and that is said once with all problems.
 */
export function readOwners(
  path: string | undefined,
  folder: string,
  reporter: Reporter,
): OwnerSource {
  const unowned: OwnerSource = { resolver: createUnownedResolver(), catalog: undefined }
  const file = path ?? findCatalog(folder)
  if (file === undefined) {
    reporter.report(
      'catalog-missing',
      `no ownership.yaml in ${folder} or above it; spans are unowned. Write one, or name it with THROUGHLINE_CATALOG.`,
    )
    return unowned
  }
  // An exception that expires overnight is for leads to see; it must not cost the next restart its owners.
  const parsed = readCatalog(file, { expiry: 'ignore' })
  if (!parsed.ok) {
    reporter.report(
      'catalog-broken',
      `the catalog is broken, so spans are unowned:\n${renderProblems(parsed.problems)}`,
    )
    return unowned
  }
  return { resolver: createResolver(parsed.value), catalog: parsed.value }
}
