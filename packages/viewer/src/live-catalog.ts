import { statSync } from 'node:fs'
import { createResolver, readCatalog } from '@throughline/catalog'
import type { Catalog, Problem, Resolver } from '@throughline/catalog'

/** What a catalog on disk says now. */
export type CatalogReading =
  | { readonly state: 'absent' }
  | { readonly state: 'ready'; readonly catalog: Catalog; readonly resolver: Resolver }
  | { readonly state: 'broken'; readonly file: string; readonly problems: readonly Problem[] }

/** A catalog that is read again when its file changes. */
export interface LiveCatalog {
  /** The same object until the file changes. Never throws. */
  read(): CatalogReading
}

/** How often the file is looked at, at most. */
const LOOK_EVERY_MS = 1000

/** The catalog at `path`; absent without one. `now` gives milliseconds. */
export function createLiveCatalog(
  path: string | undefined,
  now: () => number = () => performance.now(),
): LiveCatalog {
  if (path === undefined) return { read: () => ABSENT }
  let lookedAtMs = -Infinity
  let seen: string | undefined
  let reading: CatalogReading = ABSENT
  return {
    read() {
      if (now() - lookedAtMs < LOOK_EVERY_MS) return reading
      lookedAtMs = now()
      const version = versionOf(path)
      if (version === seen) return reading
      seen = version
      reading = readNow(path)
      return reading
    },
  }
}

const ABSENT: CatalogReading = { state: 'absent' }

function versionOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path)
    return `${mtimeMs} ${size} ${ino}`
  } catch {
    // It is not there or not to be seen, which reading it says.
    return 'none'
  }
}

function readNow(path: string): CatalogReading {
  // What was sent has an owner, whether or not an exception ended overnight.
  const parsed = readCatalog(path, { expiry: 'ignore' })
  return parsed.ok
    ? { state: 'ready', catalog: parsed.value, resolver: createResolver(parsed.value) }
    : { state: 'broken', file: path, problems: parsed.problems }
}
