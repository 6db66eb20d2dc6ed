import type { Expression, Node } from 'oxc-parser'
import type { RouterInstance, RouterInstances } from './router-instances.ts'
import type { RouterFramework, RouterUse } from './router-use.ts'
import type { SourceModule } from './source-module.ts'
import type { SourceTree } from './source-tree.ts'
import { isFunction, memberName, unwrap, walk } from './syntax.ts'

/** What is registered with a router, and mounted on it. */
export interface Wiring {
  readonly id: number
  readonly routes: { readonly method: string; readonly path: string; readonly at: string }[]
  /** Without a prefix where that cannot be read. */
  readonly mounts: { readonly router: RouterInstance; readonly prefix: string | undefined }[]
  /** Whether something gives it requests. */
  isServed: boolean
}

type Gap = (at: string, message: string) => void

/** Reads what the sources do with each router; `gap` is told what cannot be read. */
export function wireRouters(
  { all, resolve }: RouterInstances,
  sources: SourceTree,
  framework: RouterFramework,
  gap: Gap,
): ReadonlyMap<RouterInstance, Wiring> {
  const wirings = new Map(
    all.map((router, id): [RouterInstance, Wiring] => [
      router,
      { id, routes: [], mounts: [], isServed: false },
    ]),
  )
  for (const path of sources.paths) {
    const module = sources.module(path)
    if (module === undefined) continue
    walk(module.program, (node, ancestors) => {
      readNode(node, framework, sources, module, expression => {
        const routers = resolve(expression, module, ancestors)
        const used = routers.flatMap(router => wirings.get(router) ?? [])
        const routersOf: RouterUse['routersOf'] = inner => resolve(inner, module, ancestors)
        return used.length === 0
          ? undefined
          : { module, sources, routersOf, ...writeTo(used, module.at(node.start), gap) }
      })
    })
  }
  return wirings
}

/** Gives the framework a node that uses a router. */
function readNode(
  node: Node,
  framework: RouterFramework,
  sources: SourceTree,
  module: SourceModule,
  useOf: (expression: Expression) => RouterUse | undefined,
): void {
  if (node.type === 'MemberExpression' && framework.isServing(memberName(node) ?? ''))
    useOf(node.object)?.serve()
  if (node.type !== 'CallExpression') return
  const callee = unwrap(node.callee)
  const use = callee.type === 'MemberExpression' ? useOf(callee.object) : undefined
  if (use !== undefined) return framework.readMethod(node, memberName(callee) ?? '', use)
  framework.readOther?.(node, useOf)
  const called = sources.valueOf(node.callee, module)
  if (called !== undefined && isFunction(called.value)) return
  for (const argument of node.arguments) {
    if (argument.type === 'SpreadElement' || isFunction(argument)) continue
    const passed = useOf(argument)
    if (passed !== undefined) framework.readPassed(node, passed)
  }
}

/** Notes what happens to some routers at a place. */
const writeTo = (
  used: readonly Wiring[],
  at: string,
  gap: Gap,
): Pick<RouterUse, 'route' | 'mount' | 'gap' | 'serve'> => ({
  route(methods, paths) {
    if (paths === undefined) return gap(at, 'the path of a route cannot be read')
    for (const path of paths) {
      for (const method of methods) {
        if (method === undefined)
          gap(at, `the method of the route ${JSON.stringify(path)} cannot be read`)
        else for (const { routes } of used) routes.push({ method, path, at })
      }
    }
  },
  mount(routers, prefixes) {
    for (const router of routers) {
      for (const prefix of prefixes ?? [undefined]) {
        for (const { mounts } of used) mounts.push({ router, prefix })
      }
    }
  },
  gap: message => gap(at, message),
  serve() {
    for (const wiring of used) wiring.isServed = true
  },
})
