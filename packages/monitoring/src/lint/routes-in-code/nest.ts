import type { Problem } from '@throughline/catalog'
import type { CallExpression, Class, Decorator } from 'oxc-parser'
import { type CodeRoute, createCodeRoute, type FoundRoutes, GIVE_LIST } from './code-route.ts'
import { constantObject, propertyOf } from './constant-text.ts'
import { fastifyPaths } from './fastify-routes.ts'
import { readNestApp, textsUnder, type Versions } from './nest-app.ts'
import { textsOf } from './router-use.ts'
import type { SourceModule } from './source-module.ts'
import type { SourceTree } from './source-tree.ts'
import { keyOf, walk } from './syntax.ts'

/** Decorators of a method, with the method of HTTP that each is for. */
const VERBS: Readonly<Record<string, string>> = {
  Get: 'GET',
  Head: 'HEAD',
  Post: 'POST',
  Put: 'PUT',
  Patch: 'PATCH',
  Delete: 'DELETE',
  Options: 'OPTIONS',
  All: '*',
  Sse: 'GET',
}

type Gap = (at: string, message: string) => void

/**
 * The routes of the controllers of Nest; nothing when there is no controller.
 *
 * The prefix of the app, and versions in addresses, are in front of them. A path or a prefix that is computed, and what a
 * controller inherits, is a gap.
 */
export function findNestRoutes(service: string, sources: SourceTree): FoundRoutes | undefined {
  const controllers = findControllers(sources)
  if (controllers.length === 0) return undefined
  const routes = new Map<string, CodeRoute>()
  const gaps: Problem[] = []
  const gap: Gap = (at, message) => {
    gaps.push({ at, message: `${service}: ${message}`, fix: GIVE_LIST })
  }
  const app = readNestApp(sources)
  const add = (
    { method, path, at }: MethodRoute,
    base: string,
    prefixes: readonly string[],
  ): void => {
    for (const inner of fastifyPaths(`/${base}/${path}`)) {
      for (const prefix of app.isExcluded(inner) ? [''] : prefixes) {
        const [whole = inner] = fastifyPaths(`/${prefix}/${inner}`)
        const route = createCodeRoute(service, method, whole, at)
        if (route === undefined)
          gap(at, `the catalog cannot list the route ${JSON.stringify(`${method} ${whole}`)}`)
        else if (!routes.has(route.pattern.text)) routes.set(route.pattern.text, route)
      }
    }
  }
  for (const controller of controllers) {
    const { node, module } = controller
    const at = module.at(node.start)
    if (node.superClass !== null) gap(at, 'what a controller inherits is not followed')
    const { paths, versions } = readController(controller, sources)
    if (paths === undefined) {
      gap(at, 'the path of a controller cannot be read')
      continue
    }
    for (const route of routesOf(node, module, sources, gap)) {
      const prefixes = app.prefixesFor(route.versions === 'none' ? versions : route.versions)
      if (prefixes === undefined)
        gap(route.at, `the prefix of the route ${JSON.stringify(route.path)} cannot be read`)
      else for (const path of paths) add(route, path, prefixes)
    }
  }
  return { routes: [...routes.values()], gaps }
}

interface Controller {
  readonly node: Class
  readonly call: CallExpression
  readonly module: SourceModule
}

/** Reads `@Controller('path')` and `@Controller({ path, version })`. */
function readController(
  { call, module }: Controller,
  sources: SourceTree,
): { readonly paths: readonly string[] | undefined; readonly versions: Versions } {
  const [first] = call.arguments
  if (first === undefined) return { paths: [''], versions: 'none' }
  const options =
    first.type === 'SpreadElement' ? undefined : constantObject(first, module, sources)
  if (options === undefined) return { paths: textsOf(first, { module, sources }), versions: 'none' }
  const inside = { module: options.module, sources }
  const version = propertyOf(options.object, 'version')
  return {
    paths: textsUnder(options.object, 'path', inside, ['']),
    versions: version === undefined ? 'none' : (textsOf(version, inside) ?? 'unreadable'),
  }
}

function findControllers(sources: SourceTree): Controller[] {
  return sources.paths.flatMap(path => {
    const module = sources.module(path)
    const found: Controller[] = []
    if (module === undefined) return found
    walk(module.program, node => {
      if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return
      const call = decorations(node.decorators, module).get('Controller')
      if (call !== undefined) found.push({ node, call, module })
    })
    return found
  })
}

/** The calls of Nest's decorators, by the name that Nest gives them. */
function decorations(
  decorators: readonly Decorator[],
  module: SourceModule,
): ReadonlyMap<string, CallExpression> {
  return new Map(
    decorators.flatMap(({ expression }) => {
      if (expression.type !== 'CallExpression') return []
      const imported = module.imports.get(keyOf(expression.callee) ?? '')
      return imported?.from === '@nestjs/common' ? [[imported.name, expression] as const] : []
    }),
  )
}

interface MethodRoute {
  readonly method: string
  readonly path: string
  readonly at: string
  readonly versions: Versions
}

function routesOf(
  { body }: Class,
  module: SourceModule,
  sources: SourceTree,
  gap: Gap,
): MethodRoute[] {
  return body.body.flatMap(member => {
    if (member.type !== 'MethodDefinition') return []
    const calls = decorations(member.decorators, module)
    const version = calls.get('Version')
    const versions =
      version === undefined
        ? 'none'
        : (textsOf(version.arguments[0], { module, sources }) ?? 'unreadable')
    const at = module.at(member.start)
    return [...calls].flatMap(([name, call]) => {
      if (name === 'RequestMapping') gap(at, 'the options of a route cannot be read')
      const method = VERBS[name]
      if (method === undefined) return []
      const [first] = call.arguments
      const paths = first === undefined ? [''] : textsOf(first, { module, sources })
      if (paths === undefined) gap(at, 'the path of a route cannot be read')
      return (paths ?? []).map(path => ({
        method,
        path,
        at,
        versions,
      }))
    })
  })
}
