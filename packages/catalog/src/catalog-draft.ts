import type { Catalog, Exception, Service } from './catalog.ts'
import { type CheckContext, type Draft, placeOf } from './draft.ts'
import { nearest } from './nearest.ts'
import { createRouteTable, type RouteTable } from './route-table.ts'
import { quote } from './wording.ts'

/** A catalog that may still have holes. */
export type CatalogDraft = {
  readonly [K in Exclude<keyof Catalog, 'file'>]: Draft<Catalog[K]> | undefined
}

/** The services of which at least the mapping is there. */
export function servicesOf({ services }: CatalogDraft): [string, Draft<Service>][] {
  return [...(services ?? [])].flatMap(([name, service]) =>
    service === undefined ? [] : [[name, service]],
  )
}

export const exceptionsOf = ({ exceptions = [] }: CatalogDraft): readonly Draft<Exception>[] =>
  exceptions

/** The routes of a service that is not yet known to be valid. */
export function tableOf({ routes = [] }: Draft<Service>): RouteTable<{ readonly line: number }> {
  return createRouteTable(
    routes.flatMap(route => (route.match === undefined ? [] : [[route.match, route] as const])),
  )
}

/** The path of a pattern as it was written. */
export const pathOf = (pattern: string): string => pattern.slice(pattern.indexOf('/'))

/** Reports each item whose key an item before it has. */
export function reportRepeated<T extends { readonly line: number }>(
  items: readonly T[],
  context: CheckContext,
  field: string,
  keyOf: (item: T) => string | undefined,
  message: (item: T, first: T) => string,
): void {
  const seen = new Map<string, T>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === undefined) continue
    const first = seen.get(key)
    if (first === undefined) seen.set(key, item)
    else
      context.report(placeOf(context, item, field), message(item, first), 'remove one of the two')
  }
}

export function reportUnknownService(
  name: string,
  offset: number,
  { services }: CatalogDraft,
  context: CheckContext,
): void {
  // A service that is there but not valid is known, and already reported.
  if (services === undefined || services.has(name)) return
  const near = nearest(name, services.keys())
  const fix =
    near === undefined
      ? `write one of: ${[...services.keys()].slice(0, 10).join(', ')}`
      : `write ${near}`
  context.report(offset, `service ${quote(name)} is not defined`, fix)
}
