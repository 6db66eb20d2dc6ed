import type { CallExpression, Expression, Node } from 'oxc-parser'
import { bindingOf, nameOf, scopeOf } from './fastify-instances.ts'
import type { SourceModule } from './source-module.ts'
import type { SourceTree } from './source-tree.ts'
import {
  boundNames,
  isFunction,
  keyOf,
  memberName,
  parameterName,
  returnsOf,
  unwrap,
  walk,
} from './syntax.ts'

/** An app answers by itself, a router only where it is mounted; of Hono, each may be either. */
export type RouterForm = 'app' | 'router' | 'either'

/** A router that the sources make: routes are registered with it, and other routers mounted on it. */
export interface RouterInstance {
  readonly form: RouterForm
  /** Where it is made. */
  readonly at: string
}

/** How a framework makes its routers. */
export interface RouterMaker {
  /** What an expression makes. */
  makes(node: Node, module: SourceModule, sources: SourceTree): RouterForm | undefined
  /** Whether a method of a router gives the router back. */
  isChainable(method: string): boolean
  /** Whether a method of a router gives another one that is mounted on it. */
  derives(method: string): boolean
}

/** Which routers the sources make, and which of them an expression stands for. */
export interface RouterInstances {
  readonly all: readonly RouterInstance[]
  readonly resolve: (
    expression: Expression,
    module: SourceModule,
    ancestors: readonly Node[],
  ) => readonly RouterInstance[]
}

type Found = readonly RouterInstance[]

const NONE: Found = []
const MOST_STEPS = 10

/** Finds the routers that the sources make, and the names they have: also as what a function gives back or is given. */
export function findRouters(maker: RouterMaker, sources: SourceTree): RouterInstances {
  const made = new Map<Node, RouterInstance>()
  const names = new Map<Node, Map<string, Set<RouterInstance>>>()
  const returned = new Map<Node, Map<string | undefined, Found>>()

  const bind = (scope: Node, name: string, instances: Found): void => {
    const inScope = names.get(scope) ?? new Map<string, Set<RouterInstance>>()
    names.set(scope, inScope)
    const bound = inScope.get(name) ?? new Set()
    inScope.set(name, bound)
    for (const instance of instances) bound.add(instance)
  }
  const named = (name: string, ancestors: readonly Node[]): Found | undefined => {
    for (const scope of ancestors) {
      const bound = names.get(scope)?.get(name)
      if (bound !== undefined) return [...bound]
      // A parameter of the same name is something else.
      if (isFunction(scope) && scope.params.flatMap(boundNames).includes(name)) return NONE
    }
    return undefined
  }
  const create = (node: Node, form: RouterForm, module: SourceModule): Found => {
    const instance = made.get(node) ?? { form, at: module.at(node.start) }
    made.set(node, instance)
    return [instance]
  }
  const resolve = (
    expression: Expression,
    module: SourceModule,
    ancestors: readonly Node[],
    steps = MOST_STEPS,
  ): Found => {
    if (steps <= 0) return NONE
    const node = unwrap(expression)
    const form = maker.makes(node, module, sources)
    if (form !== undefined) return create(node, form, module)
    if (node.type === 'CallExpression') {
      const given = resolveCall(node, module, ancestors, steps - 1)
      return given.length > 0 ? given : resolveValue(node, module, steps - 1)
    }
    const isOfThis = node.type === 'MemberExpression' && node.object.type === 'ThisExpression'
    const name = isOfThis ? `this.${memberName(node)}` : keyOf(node)
    const own = name === undefined ? undefined : named(name, ancestors)
    if (own !== undefined) return own
    const isRead = node.type === 'Identifier' || node.type === 'MemberExpression'
    return isRead ? resolveValue(node, module, steps - 1) : NONE
  }
  /** What a name, a property or a required module stands for elsewhere. */
  const resolveValue = (node: Expression, module: SourceModule, steps: number): Found => {
    const found = sources.valueOf(node, module)
    if (found === undefined || isFunction(found.value) || found.value === node) return NONE
    return resolve(found.value, found.module, [found.module.program], steps)
  }
  const resolveCall = (
    call: CallExpression,
    module: SourceModule,
    ancestors: readonly Node[],
    steps: number,
  ): Found => {
    const callee = unwrap(call.callee)
    const method = memberName(callee) ?? ''
    if (callee.type === 'MemberExpression' && maker.isChainable(method)) {
      const chained = resolve(callee.object, module, ancestors, steps)
      if (chained.length > 0) return chained
    }
    if (callee.type === 'MemberExpression' && maker.derives(method)) {
      const base = resolve(callee.object, module, ancestors, steps)
      return base.length === 0 ? NONE : create(call, 'router', module)
    }
    return returnedBy(call, undefined, module, steps)
  }
  /** What a function of the sources gives back, or has under a key of what it gives back. */
  const returnedBy = (
    call: CallExpression,
    key: string | undefined,
    module: SourceModule,
    steps: number,
  ): Found => {
    const called = sources.valueOf(call.callee, module)
    if (called === undefined || !isFunction(called.value)) return NONE
    const ofFunction = returned.get(called.value) ?? new Map<string | undefined, Found>()
    returned.set(called.value, ofFunction)
    const known = ofFunction.get(key)
    if (known !== undefined) return known
    // A function that calls itself gives back what its other ways out do.
    ofFunction.set(key, NONE)
    const scopes = [called.value, called.module.program]
    const found = returnsOf(called.value).flatMap(value => {
      if (key === undefined) return resolve(value, called.module, scopes, steps)
      if (value.type !== 'ObjectExpression') return NONE
      return value.properties.flatMap(property =>
        property.type === 'Property' && keyOf(property.key) === key
          ? resolve(property.value, called.module, scopes, steps)
          : NONE,
      )
    })
    ofFunction.set(key, found)
    return found
  }
  const bindDeclared = (node: Node, module: SourceModule, ancestors: readonly Node[]): void => {
    const { target, value } = bindingOf(node) ?? {}
    if (target === undefined || value === undefined) return
    const give = (name: string, instances: Found): void => {
      if (instances.length > 0)
        bind(scopeOf(node, name, ancestors) ?? module.program, name, instances)
    }
    if (target.type !== 'ObjectPattern') {
      const name = nameOf(target, undefined)
      if (name !== undefined) give(name, resolve(value, module, ancestors))
      return
    }
    const call = unwrap(value)
    if (call.type !== 'CallExpression') return
    for (const property of target.properties) {
      if (property.type !== 'Property' || property.value.type !== 'Identifier') continue
      give(property.value.name, returnedBy(call, keyOf(property.key), module, MOST_STEPS))
    }
  }
  const bindParameters = (
    call: CallExpression,
    module: SourceModule,
    ancestors: readonly Node[],
  ): void => {
    for (const [index, argument] of call.arguments.entries()) {
      if (argument.type === 'SpreadElement') continue
      for (const { key, value } of partsOf(argument)) {
        const passed = resolve(value, module, ancestors)
        const called = passed.length === 0 ? undefined : sources.valueOf(call.callee, module)
        if (called === undefined || !isFunction(called.value)) continue
        const name = parameterName(called.value, index, key)
        if (name !== undefined) bind(called.value, name, passed)
      }
    }
  }
  const eachNode = (
    visit: (node: Node, module: SourceModule, ancestors: readonly Node[]) => void,
  ) => {
    for (const path of sources.paths) {
      const module = sources.module(path)
      if (module !== undefined)
        walk(module.program, (node, ancestors) => visit(node, module, ancestors))
    }
  }
  eachNode((node, module) => {
    const form = maker.makes(node, module, sources)
    if (form !== undefined) create(node, form, module)
  })
  // Each round finds what the names of the round before stand for elsewhere.
  for (let before = -1; made.size > 0 && before !== countOf(names);) {
    before = countOf(names)
    returned.clear()
    eachNode((node, module, ancestors) => {
      bindDeclared(node, module, ancestors)
      if (node.type !== 'CallExpression') return
      resolve(node, module, ancestors)
      bindParameters(node, module, ancestors)
    })
  }
  return { all: [...made.values()], resolve }
}

/** An argument, or what an object that is an argument has under its keys. */
function partsOf(
  argument: Expression,
): readonly { readonly key: string | undefined; readonly value: Expression }[] {
  const node = unwrap(argument)
  if (node.type !== 'ObjectExpression') return [{ key: undefined, value: node }]
  return node.properties.flatMap(property =>
    property.type === 'Property' ? [{ key: keyOf(property.key), value: property.value }] : [],
  )
}

const countOf = (names: ReadonlyMap<Node, ReadonlyMap<string, ReadonlySet<unknown>>>): number =>
  [...names.values()]
    .flatMap(inScope => [...inScope.values()])
    .reduce((count, { size }) => count + size, 0)
