import type { CallExpression } from 'oxc-parser'
import { constantObject, constantText, propertyOf } from './constant-text.ts'
import { findPlugin, packageOf } from './fastify-plugin.ts'
import type { Argument, Scan } from './fastify-scan.ts'
import { isFunction, memberName, parameterName, unwrap } from './syntax.ts'

/** Packages that have no routes of their own. What others register cannot be seen. */
const WITHOUT_ROUTES =
  /^(@fastify\/(?!static$|swagger-ui$|under-pressure$|http-proxy$|nextjs$|vite$)|@opentelemetry\/|@sentry\/|@throughline\/|node:|close-with-grace$)/

/** Follows the plugin of `app.register(plugin, { prefix })`. */
export function followPlugin(call: CallExpression, scan: Scan): void {
  const { module, sources, prefix, report } = scan
  const [plugin, options] = call.arguments
  if (plugin === undefined || plugin.type === 'SpreadElement') return
  const at = module.at(call.start)
  const found = findPlugin(plugin, module, sources)
  if (found === undefined) report.gap(at, 'a plugin cannot be followed')
  else if ('package' in found) reportPackage(found.package, at, scan)
  else {
    const name = parameterName(found.plugin, 0, undefined)
    // What fastify-plugin wraps is registered where it stands, without the prefix.
    const inner = found.encapsulated ? joinPrefix(options, scan) : prefix
    if (name === undefined) return
    report.enter({ module: found.module, scope: found.plugin, name, prefix: inner })
  }
}

/** Follows the instance into the function of `call`, which is given it at `index`, alone or under a key of an object. */
export function followArgument(
  call: CallExpression,
  index: number,
  key: string | undefined,
  scan: Scan,
): void {
  const { module, sources, prefix, report } = scan
  const found = sources.valueOf(call.callee, module)
  if (found !== undefined && isFunction(found.value)) {
    const name = parameterName(found.value, index, key)
    if (name === undefined) return
    report.enter({ module: found.module, scope: found.value, name, prefix })
    return
  }
  const at = module.at(call.start)
  const called = unwrap(call.callee)
  const from = packageOf(called, module, sources)
  if (from !== undefined) reportPackage(from, at, scan)
  else if (!isBuiltIn(called)) {
    const name = called.type === 'Identifier' ? called.name : (memberName(called) ?? 'a function')
    report.gap(at, `${name} is given the Fastify instance, and cannot be followed`)
  }
}

function reportPackage(name: string, at: string, { report }: Scan): void {
  if (name === '@fastify/autoload') report.gap(at, 'autoload registers whatever a folder holds')
  else if (!WITHOUT_ROUTES.test(name)) {
    report.gap(at, `the package ${JSON.stringify(name)} may register routes`)
  }
}

/** `console.log(app)`, `Promise.all([app])`. */
function isBuiltIn(callee: CallExpression['callee']): boolean {
  const node = unwrap(callee)
  if (node.type === 'MemberExpression') return isBuiltIn(node.object)
  return node.type === 'Super' || (node.type === 'Identifier' && node.name in globalThis)
}

/** The prefix of an instance, and what `register` adds to it. */
function joinPrefix(options: Argument | undefined, scan: Scan): string | undefined {
  const { module, sources, prefix: outer } = scan
  if (options === undefined || outer === undefined) return outer
  const found =
    options.type === 'SpreadElement' ? undefined : constantObject(options, module, sources)
  if (found === undefined) return undefined
  const prefix = propertyOf(found.object, 'prefix')
  if (prefix === undefined) {
    return found.object.properties.some(({ type }) => type === 'SpreadElement') ? undefined : outer
  }
  const own = constantText(prefix, found.module, sources)
  return own === undefined ? undefined : `${outer}/${own}`
}
