import type { Catalog, Problem, Service } from '@throughline/catalog'
import { linePlace } from '../rules/catalog-place.ts'
import type { CodeRoute, FoundRoutes, RoutesInCode } from './code-route.ts'
import { findFastifyRoutes } from './fastify.ts'
import { findAppRoutes } from './next-app.ts'
import { findPageRoutes } from './next-pages.ts'
import { findNextProjects } from './next-project.ts'
import { openSources } from './source-tree.ts'

/** Texts of the sources of each service, by path from the root. */
export type ServiceSources = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * The routes of every service: `listed` ones as they are given, those of other services as their sources say.
 *
 * A service that serves HTTP in a way that cannot be read is a gap, unless it is a worker: that has at most a health check.
 */
export function findRoutes(
  catalog: Catalog,
  sources: ServiceSources,
  listed: readonly CodeRoute[] = [],
): RoutesInCode {
  const given = new Set(listed.map(({ service }) => service))
  const found = [...catalog.services]
    .filter(([name]) => !given.has(name))
    .map(([name, service]) => ({
      name,
      service,
      routes: routesOf(name, service, sources.get(name)),
    }))
  return {
    routes: [...listed, ...found.flatMap(({ routes }) => routes?.routes ?? [])],
    complete: new Set([
      ...given,
      ...found.filter(({ routes }) => routes?.gaps.length === 0).map(({ name }) => name),
    ]),
    gaps: found.flatMap(
      ({ name, service, routes }) => routes?.gaps ?? unreadable(name, service, catalog),
    ),
  }
}

function routesOf(
  name: string,
  { kind }: Service,
  files: ReadonlyMap<string, string> | undefined,
): FoundRoutes | undefined {
  if (files === undefined || files.size === 0 || kind === 'external') return undefined
  const sources = openSources(files)
  if (kind !== 'next') return findFastifyRoutes(name, sources)
  const projects = findNextProjects([...files.keys()])
  if (projects.length === 0) return undefined
  const parts = projects.flatMap(({ app, pages }) => [
    ...(app === undefined ? [] : [findAppRoutes(name, app, sources)]),
    ...(pages === undefined ? [] : [findPageRoutes(name, pages, sources)]),
  ])
  return {
    routes: parts.flatMap(({ routes }) => routes),
    gaps: parts.flatMap(({ gaps }) => gaps),
  }
}

function unreadable(name: string, { kind, paths, line }: Service, catalog: Catalog): Problem[] {
  if (kind === 'external' || kind === 'worker' || paths.length === 0) return []
  const framework =
    kind === 'next' ? 'next.config with an app or pages folder' : 'instance of Fastify'
  return [
    {
      at: linePlace(catalog, line),
      message: `the routes of service ${JSON.stringify(name)} cannot be read: its paths hold no ${framework}`,
      fix: 'give the list that the running app prints: throughline owners lint --routes routes.json',
    },
  ]
}
