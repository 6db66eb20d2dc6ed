import { isBuiltin } from 'node:module'
import type { CallExpression, Expression } from 'oxc-parser'
import type { FoundRoutes } from './code-route.ts'
import { packageOf } from './fastify-plugin.ts'
import { VERBS } from './fastify-routes.ts'
import { findRouterRoutes } from './router-graph.ts'
import { type RouterFramework, type RouterUse, textsOf } from './router-use.ts'
import type { SourceTree } from './source-tree.ts'
import { isFunction, memberName, unwrap } from './syntax.ts'

/** Packages that are given an app and register no route with it. */
const WITHOUT_ROUTES =
  /^(@opentelemetry\/|@sentry\/|@throughline\/|serverless-http$|supertest$|spdy$)/

/**
 * The routes that the sources register with Express; nothing when they make no app and no router of it.
 *
 * Routers are followed to where they are mounted, across files, through functions that make them or are given them. A path
 * that is computed or a regular expression, and what a package serves below a path, is a gap.
 */
export const findExpressRoutes = (service: string, sources: SourceTree): FoundRoutes | undefined =>
  findRouterRoutes(service, sources, EXPRESS)

const EXPRESS: RouterFramework = {
  makes(node, module, sources) {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined
    const callee = unwrap(node.callee)
    if (packageOf(callee, module, sources) !== 'express') return undefined
    const name =
      memberName(callee) ??
      (callee.type === 'Identifier' ? module.imports.get(callee.name)?.name : undefined)
    if (name === 'Router') return 'router'
    return name === undefined || name === 'default' || name === '*' ? 'app' : undefined
  },
  isChainable: method =>
    VERBS.includes(method) || /^(use|set|enable|disable|param|engine)$/.test(method),
  derives: () => false,
  readMethod(call, method, use) {
    // With one argument, `get` reads a setting.
    if (VERBS.includes(method) && call.arguments.length > 1)
      use.route([methodOf(method)], textsOf(call.arguments[0], use))
    if (method === 'use') readUse(call, use)
  },
  readPassed(call, use) {
    const callee = unwrap(call.callee)
    const from = packageOf(callee, use.module, use.sources)
    if (from !== undefined) {
      if (!isBuiltin(from) && !WITHOUT_ROUTES.test(from))
        use.gap(`the package ${JSON.stringify(from)} may register routes`)
    } else if (!isHarmless(callee)) {
      const name = callee.type === 'Identifier' ? callee.name : (memberName(callee) ?? 'a function')
      use.gap(`${name} is given a router of Express, and cannot be followed`)
    }
  },
  readOther(call, useOf) {
    const method = memberName(unwrap(call.callee)) ?? ''
    const start = VERBS.includes(method) ? startOfRoute(call) : undefined
    const callee = start && unwrap(start.callee)
    const use = callee?.type === 'MemberExpression' ? useOf(callee.object) : undefined
    if (start !== undefined) use?.route([methodOf(method)], textsOf(start.arguments[0], use))
  },
  isServing: () => false,
}

const methodOf = (verb: string): string => (verb === 'all' ? '*' : verb.toUpperCase())

/** The `app.route('/path')` that a chain of verbs begins with. */
function startOfRoute(call: CallExpression): CallExpression | undefined {
  const callee = unwrap(call.callee)
  const inner = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined
  if (inner?.type !== 'CallExpression') return undefined
  const method = memberName(unwrap(inner.callee)) ?? ''
  if (method === 'route') return inner
  return VERBS.includes(method) ? startOfRoute(inner) : undefined
}

/** Reads `app.use('/prefix', middleware, router)`. */
function readUse(call: CallExpression, use: RouterUse): void {
  const [first, ...rest] = call.arguments
  if (first === undefined) return
  const isPath = isPathLike(first, use)
  const prefixes = isPath ? textsOf(first, use) : ['']
  for (const handler of isPath ? rest : call.arguments) {
    if (handler.type === 'SpreadElement') {
      use.gap('what is mounted cannot be followed')
      continue
    }
    for (const each of elementsOf(handler)) mountHandler(each, prefixes, isPath, use)
  }
}

/** Handlers may come as a list. */
function elementsOf(handler: Expression): Expression[] {
  const node = unwrap(handler)
  if (node.type !== 'ArrayExpression') return [node]
  return node.elements.filter(
    (element): element is Expression => element !== null && element.type !== 'SpreadElement',
  )
}

function mountHandler(
  handler: Expression,
  prefixes: readonly string[] | undefined,
  isBelowPath: boolean,
  use: RouterUse,
): void {
  const routers = use.routersOf(handler)
  if (routers.length > 0) {
    use.mount(routers, prefixes)
    return
  }
  const { module, sources } = use
  const given = sources.valueOf(handler, module) ?? { module, value: handler }
  if (isFunction(given.value)) return
  const called = given.value.type === 'CallExpression' ? given.value.callee : given.value
  const maker = sources.valueOf(called, given.module)
  // A function of the sources that gives no router back gives middleware.
  if (maker !== undefined && isFunction(maker.value)) return
  const from = packageOf(called, given.module, sources)
  if (from === undefined) use.gap('what is mounted cannot be followed')
  else if (isBelowPath && from !== 'express')
    use.gap(
      `the package ${JSON.stringify(from)} may serve routes below ${JSON.stringify(prefixes?.[0] ?? '…')}`,
    )
}

/** Whether the first argument of `use` says where: a text, a list of them, or a regular expression. */
function isPathLike(argument: CallExpression['arguments'][number], use: RouterUse): boolean {
  if (argument.type === 'SpreadElement') return false
  const node = unwrap(argument)
  if (textsOf(node, use) !== undefined)
    return node.type !== 'ArrayExpression' || node.elements.length > 0
  return (
    node.type === 'TemplateLiteral' || node.type === 'BinaryExpression' || node.type === 'Literal'
  )
}

/** `server.on('request', app)`, `console.log(app)`, `module.exports.push(app)`. */
const isHarmless = (callee: Expression): boolean =>
  callee.type === 'MemberExpression' && /^(on|once|log|info|debug)$/.test(memberName(callee) ?? '')
