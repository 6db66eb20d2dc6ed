import { readCatalog, renderProblems } from '@throughline/catalog'
import { compileOwnership, type Ownership } from '@throughline/monitoring'
import { type Call, valueOf } from './command.ts'
import { type CatalogPlace, locateCatalog, searchCatalog } from './locate-catalog.ts'

/** The catalog of a command, read. */
export interface OpenCatalog extends CatalogPlace {
  readonly ownership: Ownership
}

/** The catalog's place, by the options and the folder of a call. */
export function placeOf(call: Call): CatalogPlace {
  const { cwd, env } = call.terminal
  return locateCatalog(cwd, env, valueOf(call, 'catalog'))
}

/** The same for a command that also works without a catalog. */
export function optionalPlaceOf(call: Call): CatalogPlace | undefined {
  const { cwd, env } = call.terminal
  return searchCatalog(cwd, env, valueOf(call, 'catalog'))
}

/** Reads the catalog of a call; nothing when it is broken, and then its problems are printed. */
export function openCatalog(
  call: Call,
  place: CatalogPlace = placeOf(call),
): OpenCatalog | undefined {
  const { terminal } = call
  const parsed = readCatalog(place.path, { file: place.file, today: terminal.today })
  if (parsed.ok) return { ...place, ownership: compileOwnership(parsed.value) }
  terminal.err(renderProblems(parsed.problems))
  return undefined
}
