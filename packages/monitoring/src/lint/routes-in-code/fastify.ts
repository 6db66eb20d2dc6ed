import type { Problem } from '@throughline/catalog'
import type { CallExpression, Expression } from 'oxc-parser'
import { type CodeRoute, createCodeRoute, type FoundRoutes, GIVE_LIST } from './code-route.ts'
import { followArgument, followPlugin } from './fastify-follow.ts'
import { findInstances, type InstanceScope, isChainable } from './fastify-instances.ts'
import { readRoute, readVerb, VERBS } from './fastify-routes.ts'
import type { Argument, Reporter, Scan } from './fastify-scan.ts'
import type { SourceTree } from './source-tree.ts'
import { boundNames, isFunction, keyOf, memberName, unwrap, walk } from './syntax.ts'

/**
 * The routes that the sources register with Fastify; nothing when they make no instance of it.
 *
 * Instances are followed into plugins with their prefixes, and into functions that they are given to, across files. A path
 * that is computed, and a package that may register routes, is a gap. The HEAD that Fastify adds to GET is not listed.
 */
export function findFastifyRoutes(service: string, sources: SourceTree): FoundRoutes | undefined {
  const queue = findInstances(sources)
  if (queue.length === 0) return undefined
  const routes = new Map<string, CodeRoute>()
  const gaps = new Map<string, Problem>()
  const report: Reporter = {
    route(method, path, at) {
      const route = createCodeRoute(service, method, path, at)
      if (route === undefined) {
        report.gap(at, `the catalog cannot list the route ${JSON.stringify(`${method} ${path}`)}`)
      } else if (!routes.has(route.pattern.text)) routes.set(route.pattern.text, route)
    },
    gap: (at, message) => gaps.set(at, { at, message: `${service}: ${message}`, fix: GIVE_LIST }),
    enter: scope => queue.push(scope),
  }
  const seen = new Set<string>()
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const id = `${next.module.path} ${next.scope.start} ${next.name} ${next.prefix}`
    if (seen.has(id)) continue
    seen.add(id)
    scanScope(next, sources, report)
  }
  return { routes: [...routes.values()], gaps: [...gaps.values()] }
}

function scanScope(
  { module, scope, name, prefix }: InstanceScope,
  sources: SourceTree,
  report: Reporter,
): void {
  const names = new Set([name])
  const scan: Scan = { module, sources, prefix, names, report }
  walk(scope, node => {
    // A parameter of the same name is another instance.
    const isOther =
      node !== scope &&
      isFunction(node) &&
      node.params.flatMap(boundNames).some(bound => names.has(bound))
    if (isOther) return false
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init !== null) {
      if (isInstance(node.init, names)) names.add(node.id.name)
    }
    if (node.type === 'CallExpression') scanCall(node, scan)
    return true
  })
}

/** Whether an expression is the instance, or a call on it that gives it back. */
function isInstance(expression: Expression, names: ReadonlySet<string>): boolean {
  const node = unwrap(expression)
  if (node.type === 'Identifier') return names.has(node.name)
  if (node.type === 'MemberExpression' && node.object.type === 'ThisExpression') {
    return names.has(`this.${memberName(node)}`)
  }
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    isChainable(memberName(node.callee)) &&
    isInstance(node.callee.object, names)
  )
}

function scanCall(call: CallExpression, scan: Scan): void {
  const callee = unwrap(call.callee)
  if (callee.type === 'MemberExpression' && isInstance(callee.object, scan.names)) {
    const method = memberName(callee) ?? ''
    if (VERBS.includes(method)) readVerb(call, method, scan)
    if (method === 'route') readRoute(call, scan)
    if (method === 'register') followPlugin(call, scan)
    return
  }
  call.arguments.forEach((argument, index) => {
    const passed = passedAs(argument, scan.names)
    if (passed !== undefined) followArgument(call, index, passed.key, scan)
  })
}

/** How an argument holds the instance: itself, or under a key of an object. */
function passedAs(
  argument: Argument,
  names: ReadonlySet<string>,
): { readonly key: string | undefined } | undefined {
  if (argument.type === 'SpreadElement') return undefined
  const node = unwrap(argument)
  if (node.type !== 'ObjectExpression') {
    return node.type !== 'CallExpression' && isInstance(node, names)
      ? { key: undefined }
      : undefined
  }
  for (const property of node.properties) {
    if (property.type === 'Property' && isInstance(property.value, names)) {
      return { key: keyOf(property.key) }
    }
  }
  return undefined
}
