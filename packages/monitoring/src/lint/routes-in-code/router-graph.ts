import type { Problem } from '@throughline/catalog'
import { type CodeRoute, createCodeRoute, type FoundRoutes, GIVE_LIST } from './code-route.ts'
import { fastifyPaths } from './fastify-routes.ts'
import { findRouters, type RouterInstance } from './router-instances.ts'
import type { RouterFramework } from './router-use.ts'
import { type Wiring, wireRouters } from './router-wiring.ts'
import type { SourceTree } from './source-tree.ts'

/**
 * The routes that the sources register with the routers of a framework; nothing when they make none.
 *
 * A router that is mounted nowhere is a gap when it cannot answer by itself, and when others could as well.
 */
export function findRouterRoutes(
  service: string,
  sources: SourceTree,
  framework: RouterFramework,
): FoundRoutes | undefined {
  const routers = findRouters(framework, sources)
  if (routers.all.length === 0) return undefined
  const routes = new Map<string, CodeRoute>()
  const gaps = new Map<string, Problem>()
  const gap = (at: string, message: string): void => {
    gaps.set(`${at} ${message}`, { at, message: `${service}: ${message}`, fix: GIVE_LIST })
  }
  const add = (method: string, path: string, at: string): void => {
    for (const plain of fastifyPaths(`/${path}`)) {
      const route = isPattern(plain) ? undefined : createCodeRoute(service, method, plain, at)
      if (route === undefined)
        gap(at, `the catalog cannot list the route ${JSON.stringify(`${method} ${plain}`)}`)
      else if (!routes.has(route.pattern.text)) routes.set(route.pattern.text, route)
    }
  }
  const wirings = wireRouters(routers, sources, framework, gap)
  const seen = new Set<string>()
  const enter = (
    router: RouterInstance,
    prefix: string | undefined,
    around: readonly RouterInstance[],
  ): void => {
    if (around.includes(router)) return gap(router.at, 'a router is mounted below itself')
    const wiring = wirings.get(router)
    if (wiring === undefined || seen.has(`${wiring.id} ${prefix}`)) return
    seen.add(`${wiring.id} ${prefix}`)
    for (const { method, path, at } of wiring.routes) {
      if (prefix === undefined)
        gap(at, `the prefix of the route ${JSON.stringify(path)} cannot be read`)
      else add(method, `${prefix}/${path}`, at)
    }
    for (const mount of wiring.mounts) {
      const isKnown = prefix !== undefined && mount.prefix !== undefined
      enter(mount.router, isKnown ? `${prefix}/${mount.prefix}` : undefined, [router, ...around])
    }
  }
  const { answering, lost } = sortLoose(wirings)
  for (const router of answering) enter(router, '', [])
  for (const { at } of lost) gap(at, 'a router is mounted nowhere that can be followed')
  return { routes: [...routes.values()], gaps: [...gaps.values()] }
}

/** Tells routers that are mounted nowhere, and answer by themselves, from those of which it is not known where they are. */
function sortLoose(wirings: ReadonlyMap<RouterInstance, Wiring>): {
  readonly answering: readonly RouterInstance[]
  readonly lost: readonly RouterInstance[]
} {
  const mounted = new Set(
    [...wirings.values()].flatMap(({ mounts }) => mounts.map(({ router }) => router)),
  )
  const loose = [...wirings].filter(([router]) => !mounted.has(router))
  const able = loose.filter(([{ form }]) => form !== 'router')
  const answers = ([{ form }, { isServed }]: [RouterInstance, Wiring]): boolean =>
    form === 'app' || (form === 'either' && (able.length === 1 || isServed))
  const holdsSome = ([, { routes, mounts }]: [RouterInstance, Wiring]): boolean =>
    routes.length > 0 || mounts.length > 0
  return {
    answering: loose.filter(answers).map(([router]) => router),
    lost: loose.filter(one => !answers(one) && holdsSome(one)).map(([router]) => router),
  }
}

/** Whether a segment that is no parameter is a pattern of its framework. */
const isPattern = (path: string): boolean =>
  path.split('/').some(segment => !segment.startsWith(':') && /[(){}+]|.\*.|[^*]\*$/.test(segment))
