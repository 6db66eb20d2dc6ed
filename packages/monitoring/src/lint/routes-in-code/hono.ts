import type { CallExpression } from 'oxc-parser'
import type { FoundRoutes } from './code-route.ts'
import { constantObject, propertyOf } from './constant-text.ts'
import { packageOf } from './fastify-plugin.ts'
import { VERBS } from './fastify-routes.ts'
import { findRouterRoutes } from './router-graph.ts'
import { type RouterFramework, type RouterUse, textsOf } from './router-use.ts'
import type { SourceTree } from './source-tree.ts'
import { unwrap } from './syntax.ts'

/**
 * The routes that the sources register with Hono; nothing when they make no instance of it.
 *
 * An instance is followed to where `route` mounts it, across files, through functions that make it or are given it. A path
 * that is computed, and what `mount` takes from another framework, is a gap.
 */
export const findHonoRoutes = (service: string, sources: SourceTree): FoundRoutes | undefined =>
  findRouterRoutes(service, sources, HONO)

const HONO: RouterFramework = {
  makes(node, module, sources) {
    if (node.type !== 'NewExpression') return undefined
    const from = packageOf(node.callee, module, sources) ?? ''
    return /^(hono(\/.+)?|@hono\/zod-openapi)$/.test(from) ? 'either' : undefined
  },
  isChainable: method =>
    VERBS.includes(method) || /^(use|on|route|mount|openapi|onError|notFound)$/.test(method),
  derives: method => method === 'basePath',
  readMethod(call, method, use) {
    const [first, second] = call.arguments
    if (VERBS.includes(method))
      use.route([method === 'all' ? '*' : method.toUpperCase()], textsOf(first, use))
    if (method === 'on') {
      const methods = textsOf(first, use)?.map(text => text.toUpperCase())
      use.route(methods ?? [undefined], textsOf(second, use))
    }
    if (method === 'basePath') use.mount(use.routersOf(call), textsOf(first, use))
    if (method === 'route') readRoute(call, use)
    if (method === 'openapi') readOpenApi(call, use)
    if (method === 'mount') use.gap('what is mounted is of another framework')
  },
  readPassed: (_, use) => use.serve(),
  isServing: property => property === 'fetch',
}

/** Reads `app.route('/prefix', other)`. */
function readRoute(call: CallExpression, use: RouterUse): void {
  const [prefix, other] = call.arguments
  const routers = other === undefined || other.type === 'SpreadElement' ? [] : use.routersOf(other)
  if (routers.length === 0) use.gap('what is mounted cannot be followed')
  else use.mount(routers, textsOf(prefix, use))
}

/** Reads `app.openapi(createRoute({ method, path }), …)`. */
function readOpenApi(call: CallExpression, use: RouterUse): void {
  const { module, sources } = use
  const [first] = call.arguments
  const found =
    first === undefined || first.type === 'SpreadElement'
      ? undefined
      : sources.valueOf(first, module)
  const created = found?.value.type === 'CallExpression' ? found.value.arguments[0] : undefined
  const options =
    found === undefined || created === undefined || created.type === 'SpreadElement'
      ? undefined
      : constantObject(unwrap(created), found.module, sources)
  if (options === undefined) return use.gap('the options of a route cannot be read')
  const inside = { module: options.module, sources }
  const methods = textsOf(propertyOf(options.object, 'method'), inside)
  const paths = textsOf(propertyOf(options.object, 'path'), inside)
  use.route(methods?.map(text => text.toUpperCase()) ?? [undefined], paths?.map(openApiPath))
}

/** OpenAPI writes `{id}` for a parameter, Hono `:id`. */
const openApiPath = (path: string): string => path.replaceAll(/\{([^}]+)\}/g, ':$1')
