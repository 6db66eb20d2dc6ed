import type { Parsed, Problem } from '@throughline/catalog'
import { isRecord, stringOf } from '../json.ts'
import { type CodeRoute, createCodeRoute } from './code-route.ts'
import { fastifyPaths } from './fastify-routes.ts'

/**
 * Reads a list of routes as a running app prints them: `[{ "service": "web", "method": "GET", "route": "/invoices/[id]" }]`.
 *
 * For the services in it, it takes the place of what can be read from their sources. A `method` of `*` is any; a `*` at the end
 * of a route is the rest, as in Fastify and Express.
 */
export function parseRouteList(text: string, file: string): Parsed<readonly CodeRoute[]> {
  const items = readItems(text)
  if (typeof items === 'string') {
    const fix = 'write [{ "service": "web", "method": "GET", "route": "/invoices/[id]" }]'
    return { ok: false, problems: [{ at: file, message: items, fix }] }
  }
  const routes: CodeRoute[] = []
  const problems: Problem[] = []
  items.forEach((item, index) => {
    const at = `${file}#${index}`
    const { service, method, route } = isRecord(item) ? item : {}
    const created =
      typeof service === 'string' && typeof method === 'string' && typeof route === 'string'
        ? fastifyPaths(route).map(path => createCodeRoute(service, method.toUpperCase(), path, at))
        : [undefined]
    const valid = created.filter(found => found !== undefined)
    if (valid.length === created.length) routes.push(...valid)
    else {
      const message = `entry ${index} is not a service, a method and a route: ${JSON.stringify(item)}`
      problems.push({
        at: file,
        message,
        fix: 'write { "service": "web", "method": "GET", "route": "/invoices/[id]" }',
      })
    }
  })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: routes }
}

/** The entries of the list, or what is wrong with the whole of it. */
function readItems(text: string): readonly unknown[] | string {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : 'the list of routes is not a JSON array'
  } catch (error) {
    return `not valid JSON: ${stringOf((error as Error).message) ?? ''}`
  }
}
