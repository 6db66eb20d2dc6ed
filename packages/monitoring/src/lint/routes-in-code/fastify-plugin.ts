import type { Expression } from 'oxc-parser'
import { requestedModule, type SourceModule } from './source-module.ts'
import type { SourceTree } from './source-tree.ts'
import { type FunctionNode, isFunction, keyOf, memberName, returnsOf, unwrap } from './syntax.ts'

/** A plugin whose source can be read. */
export interface FoundPlugin {
  readonly plugin: FunctionNode
  readonly module: SourceModule
  /** Whether it has an instance of its own, with the prefix that it is registered with. */
  readonly encapsulated: boolean
}

/** A plugin that only the name of its package is known of. */
interface ForeignPlugin {
  readonly package: string
}

const WRAPPER = 'fastify-plugin'

/** What `register` is given; nothing when that cannot be told. */
export function findPlugin(
  expression: Expression,
  module: SourceModule,
  sources: SourceTree,
): FoundPlugin | ForeignPlugin | undefined {
  const node = unwrap(expression)
  const from = packageOf(node, module, sources)
  if (from !== undefined) return { package: from }
  const found = sources.valueOf(node, module)
  if (found === undefined) return undefined
  if (isFunction(found.value)) {
    return { plugin: found.value, module: found.module, encapsulated: true }
  }
  return findCalled(unwrap(found.value), found.module, sources)
}

/** `fp(plugin)`, or `createPlugin(options)`. */
function findCalled(
  node: Expression,
  module: SourceModule,
  sources: SourceTree,
): FoundPlugin | ForeignPlugin | undefined {
  if (node.type !== 'CallExpression') return undefined
  const from = packageOf(node.callee, module, sources)
  if (from === WRAPPER) {
    const [inner] = node.arguments
    if (inner === undefined || inner.type === 'SpreadElement') return undefined
    const found = findPlugin(inner, module, sources)
    return found === undefined || 'package' in found ? found : { ...found, encapsulated: false }
  }
  if (from !== undefined) return { package: from }
  const called = sources.valueOf(node.callee, module)
  if (called === undefined || !isFunction(called.value)) return undefined
  const plugins = returnsOf(called.value).map(value => findPlugin(value, called.module, sources))
  return plugins.find(plugin => plugin !== undefined)
}

/** Name of the package that an expression comes from; nothing when it comes from these sources. */
export function packageOf(
  expression: Expression,
  module: SourceModule,
  sources: SourceTree,
): string | undefined {
  const node = unwrap(expression)
  const request =
    requestedModule(node) ??
    (node.type === 'Identifier' ? module.imports.get(node.name)?.from : undefined)
  if (request !== undefined)
    return sources.resolve(module.path, request) === undefined ? request : undefined
  const isMember = node.type === 'MemberExpression' && memberName(node) !== undefined
  if (isMember && keyOf(node.property) !== undefined) return packageOf(node.object, module, sources)
  return undefined
}
