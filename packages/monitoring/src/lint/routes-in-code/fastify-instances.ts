import type { Expression, Node } from 'oxc-parser'
import { packageOf } from './fastify-plugin.ts'
import type { SourceModule } from './source-module.ts'
import type { SourceTree } from './source-tree.ts'
import {
  type FunctionNode,
  isFunction,
  keyOf,
  memberName,
  returnsOf,
  unwrap,
  walk,
} from './syntax.ts'

/** A name in a part of a module that stands for an instance of Fastify. */
export interface InstanceScope {
  readonly module: SourceModule
  readonly scope: Node
  /** A plain name, or `this.name`. */
  readonly name: string
  /** What its routes' paths begin with; nothing when that cannot be read. */
  readonly prefix: string | undefined
}

/** Functions that give back an instance, with the key of the object it is under where it is not given back itself. */
type Makers = Map<FunctionNode, string | undefined>

/** Every name that stands for an instance of Fastify where it is made, or given back by what made it. */
export function findInstances(sources: SourceTree): InstanceScope[] {
  const found = new Map<string, InstanceScope>()
  const makers: Makers = new Map()
  // Each round finds what is made by functions that the round before found to be makers.
  for (let known = -1; known !== makers.size;) {
    known = makers.size
    for (const path of sources.paths) {
      const module = sources.module(path)
      if (module !== undefined) findInModule(module, sources, makers, found)
    }
  }
  return [...found.values()]
}

function findInModule(
  module: SourceModule,
  sources: SourceTree,
  makers: Makers,
  found: Map<string, InstanceScope>,
): void {
  walk(module.program, (node, ancestors) => {
    const bound = bindingOf(node)
    const made = bound && makes(bound.value, module, sources, makers)
    const name = bound && made && nameOf(bound.target, made.key)
    if (name === undefined) return
    const fn = ancestors.find(isFunction)
    const scope = scopeOf(node, name, ancestors) ?? module.program
    found.set(`${module.path} ${scope.start} ${name}`, { module, scope, name, prefix: '' })
    if (fn !== undefined) noteMaker(fn, name, makers)
  })
  noteDirectMakers(module, sources, makers)
}

/** Where a name holds: in its class, in its function, or in the whole module. */
export function scopeOf(node: Node, name: string, ancestors: readonly Node[]): Node | undefined {
  if (name.startsWith('this.')) return ancestors.find(({ type }) => type === 'ClassBody')
  // What is only assigned is declared further out.
  return node.type === 'AssignmentExpression' ? undefined : ancestors.find(isFunction)
}

/** What is given a name: a declaration, an assignment, or a property of a class. */
export function bindingOf(
  node: Node,
): { readonly target: Node; readonly value: Expression } | undefined {
  if (node.type === 'VariableDeclarator' && node.init !== null)
    return { target: node.id, value: node.init }
  if (node.type === 'AssignmentExpression') return { target: node.left, value: node.right }
  if (node.type === 'PropertyDefinition' && node.value !== null)
    return { target: node, value: node.value }
  return undefined
}

/** Whether an expression makes an instance, or calls what does; chained calls on it give it back. */
function makes(
  expression: Expression,
  module: SourceModule,
  sources: SourceTree,
  makers: Makers,
): { readonly key: string | undefined } | undefined {
  const node = unwrap(expression)
  if (node.type !== 'CallExpression') return undefined
  const { callee } = node
  const isChained = callee.type === 'MemberExpression' && isChainable(memberName(callee))
  if (isChained) return makes(callee.object, module, sources, makers)
  if (packageOf(callee, module, sources) === 'fastify') return { key: undefined }
  const called = sources.valueOf(callee, module)?.value
  if (called === undefined || !isFunction(called) || !makers.has(called)) return undefined
  return { key: makers.get(called) }
}

/** Whether a method of an instance gives the instance back. */
export const isChainable = (method = ''): boolean =>
  /^(withTypeProvider|register|route|after|(add|set|decorate)\w*|get|head|post|put|patch|delete|options|trace|all)$/.test(
    method,
  )

/** The name that an instance gets: `app`, `this.app`, or what takes `key` out of an object. */
export function nameOf(target: Node, key: string | undefined): string | undefined {
  if (target.type === 'ObjectPattern') {
    const property = target.properties.find(
      one => one.type === 'Property' && keyOf(one.key) === key,
    )
    return property?.type === 'Property' && property.value.type === 'Identifier'
      ? property.value.name
      : undefined
  }
  if (key !== undefined) return undefined
  if (target.type === 'Identifier') return target.name
  if (target.type === 'PropertyDefinition') return `this.${keyOf(target.key) ?? ''}`
  const member = target.type === 'MemberExpression' ? memberName(target) : undefined
  const ofThis = target.type === 'MemberExpression' && target.object.type === 'ThisExpression'
  return member !== undefined && ofThis ? `this.${member}` : undefined
}

/** A function that gives back the name it gave to an instance, or an object that has it. */
function noteMaker(fn: FunctionNode, name: string, makers: Makers): void {
  for (const returned of returnsOf(fn)) {
    if (returned.type === 'Identifier' && returned.name === name) makers.set(fn, undefined)
    if (returned.type !== 'ObjectExpression') continue
    for (const property of returned.properties) {
      if (property.type === 'Property' && keyOf(property.value) === name)
        makers.set(fn, keyOf(property.key))
    }
  }
}

/** A function that gives back an instance without a name: `const createApp = () => Fastify()`. */
function noteDirectMakers(module: SourceModule, sources: SourceTree, makers: Makers): void {
  walk(module.program, node => {
    if (!isFunction(node) || makers.has(node)) return
    const made = returnsOf(node).flatMap(value => makes(value, module, sources, makers) ?? [])
    if (made[0] !== undefined) makers.set(node, made[0].key)
  })
}
