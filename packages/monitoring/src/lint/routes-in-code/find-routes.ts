import type { Catalog, Problem, Service, ServiceKind } from '@throughline/catalog'
import { linePlace } from '../rules/catalog-place.ts'
import type { CodeRoute, FoundRoutes, RoutesInCode } from './code-route.ts'
import { findExpressRoutes } from './express.ts'
import { findFastifyRoutes } from './fastify.ts'
import { findHonoRoutes } from './hono.ts'
import { findNestRoutes } from './nest.ts'
import { findAppRoutes } from './next-app.ts'
import { findPageRoutes } from './next-pages.ts'
import { findNextProjects, type NextProject } from './next-project.ts'
import { openSources, type SourceTree } from './source-tree.ts'

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
      routes: findServiceRoutes(name, service.kind, sources.get(name) ?? new Map()),
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

/** The routes that the sources of one service say; nothing when no framework that can be read is in them. */
export function findServiceRoutes(
  name: string,
  kind: ServiceKind,
  files: ReadonlyMap<string, string>,
): FoundRoutes | undefined {
  if (files.size === 0 || kind === 'external') return undefined
  const sources = openSources(files)
  const parts =
    kind === 'next'
      ? findNextProjects(files).flatMap(project => findNextRoutes(name, project, sources))
      : findServerRoutes(name, files, sources)
  if (parts.length === 0) return undefined
  return {
    routes: parts.flatMap(({ routes }) => routes),
    gaps: parts.flatMap(({ gaps }) => gaps),
  }
}

const findNextRoutes = (
  name: string,
  { app, pages }: NextProject,
  sources: SourceTree,
): FoundRoutes[] => [
  ...(app === undefined ? [] : [findAppRoutes(name, app, sources)]),
  ...(pages === undefined ? [] : [findPageRoutes(name, pages, sources)]),
]

/** How the routes of each framework are found, and what the sources hold when they use it. */
const FRAMEWORKS = [
  { mark: /['"]fastify/, find: findFastifyRoutes },
  { mark: /['"]express['"]/, find: findExpressRoutes },
  { mark: /['"](hono|@hono\/zod-openapi)\b/, find: findHonoRoutes },
  { mark: /['"]@nestjs\/common['"]/, find: findNestRoutes },
]

const findServerRoutes = (
  name: string,
  files: ReadonlyMap<string, string>,
  sources: SourceTree,
): FoundRoutes[] => {
  const texts = sources.paths.map(path => files.get(path) ?? '')
  return FRAMEWORKS.filter(({ mark }) => texts.some(text => mark.test(text))).flatMap(
    ({ find }) => find(name, sources) ?? [],
  )
}

/** What the routes of a service are read from. */
export const whatIsRead = (kind: ServiceKind): string =>
  kind === 'next'
    ? 'next.config with an app or pages folder'
    : 'instance of Fastify, Express, Hono or Nest'

function unreadable(name: string, { kind, paths, line }: Service, catalog: Catalog): Problem[] {
  if (kind === 'external' || kind === 'worker' || paths.length === 0) return []
  return [
    {
      at: linePlace(catalog, line),
      message: `the routes of service ${JSON.stringify(name)} cannot be read: its paths hold no ${whatIsRead(kind)}`,
      fix: 'give the list that the running app prints: throughline owners lint --routes routes.json',
    },
  ]
}
