import type { CallExpression } from 'oxc-parser'
import { constantObject, constantText, propertyOf } from './constant-text.ts'
import type { Argument, Scan } from './fastify-scan.ts'
import { unwrap } from './syntax.ts'

/** Methods of an instance that are named after a method of HTTP, and `all`. */
export const VERBS: readonly string[] = [
  'get',
  'head',
  'post',
  'put',
  'patch',
  'delete',
  'options',
  'trace',
  'all',
]

/** Reports the route of `app.get('/path', …)`. */
export function readVerb(call: CallExpression, verb: string, scan: Scan): void {
  const url = textOf(call.arguments[0], scan)
  const method = verb === 'all' ? '*' : verb.toUpperCase()
  reportRoutes([method], url, scan.module.at(call.start), scan)
}

/** Reports the routes of `app.route({ method, url, … })`. */
export function readRoute(call: CallExpression, scan: Scan): void {
  const { module, sources, report } = scan
  const [options] = call.arguments
  const at = module.at(call.start)
  const found =
    options === undefined || options.type === 'SpreadElement'
      ? undefined
      : constantObject(options, module, sources)
  if (found === undefined) {
    report.gap(at, 'the options of a route cannot be read')
    return
  }
  const inside = { ...scan, module: found.module }
  const url = propertyOf(found.object, 'url') ?? propertyOf(found.object, 'path')
  const method = propertyOf(found.object, 'method')
  const list = method === undefined ? undefined : unwrap(method)
  const methods = list?.type === 'ArrayExpression' ? list.elements : [method]
  reportRoutes(
    methods.map(element => textOf(element ?? undefined, inside)),
    textOf(url, inside),
    at,
    scan,
  )
}

function textOf(argument: Argument | undefined, { module, sources }: Scan): string | undefined {
  if (argument === undefined || argument.type === 'SpreadElement') return undefined
  return constantText(argument, module, sources)
}

function reportRoutes(
  methods: readonly (string | undefined)[],
  url: string | undefined,
  at: string,
  { prefix, report }: Scan,
): void {
  if (url === undefined) report.gap(at, 'the path of a route cannot be read')
  else if (prefix === undefined) {
    report.gap(at, `the prefix of the route ${JSON.stringify(url)} cannot be read`)
  } else if (methods.includes(undefined)) {
    report.gap(at, `the method of the route ${JSON.stringify(url)} cannot be read`)
  } else {
    for (const method of methods) {
      for (const path of fastifyPaths(`${prefix}/${url}`))
        report.route(method?.toUpperCase() ?? '', path, at)
    }
  }
}

/** Paths of the catalog for one of Fastify: its `*` at the end takes the rest, and a parameter with `?` may be left out. */
export function fastifyPaths(url: string): string[] {
  const plain = url.replaceAll(/\/{2,}/g, '/').replace(/(.)\/$/, '$1')
  const path = plain.replace(/\/\*$/, '/**')
  const [, before] = /^(.*)\/:[^/]+\?$/.exec(path) ?? []
  return before === undefined ? [path] : [before === '' ? '/' : before, path.slice(0, -1)]
}
