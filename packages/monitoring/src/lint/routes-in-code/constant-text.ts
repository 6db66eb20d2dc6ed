import type { Expression, ObjectExpression } from 'oxc-parser'
import type { SourceModule } from './source-module.ts'
import type { SourceTree } from './source-tree.ts'
import { isFunction, keyOf, memberName, unwrap } from './syntax.ts'

/** The text that an expression always has: literals, templates and sums of them, and constants by name. */
export function constantText(
  expression: Expression,
  module: SourceModule,
  sources: SourceTree,
): string | undefined {
  const node = unwrap(expression)
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? node.value : undefined
    case 'TemplateLiteral': {
      const parts = node.expressions.map(part => constantText(part, module, sources))
      if (parts.includes(undefined)) return undefined
      return node.quasis
        .map(({ value }, index) => (value.cooked ?? '') + (parts[index] ?? ''))
        .join('')
    }
    case 'BinaryExpression': {
      if (node.operator !== '+') return undefined
      const left = constantText(node.left, module, sources)
      const right = constantText(node.right, module, sources)
      return left === undefined || right === undefined ? undefined : left + right
    }
    case 'Identifier': {
      const found = sources.valueOf(node, module)
      if (found === undefined || isFunction(found.value) || found.value.type === 'Identifier')
        return undefined
      return constantText(found.value, found.module, sources)
    }
    case 'MemberExpression': {
      const member = memberName(node)
      const holder = member === undefined ? undefined : constantObject(node.object, module, sources)
      const value = holder === undefined ? undefined : propertyOf(holder.object, member ?? '')
      return holder === undefined || value === undefined
        ? undefined
        : constantText(value, holder.module, sources)
    }
    default:
      return undefined
  }
}

/** The object that an expression always is. */
export function constantObject(
  expression: Expression,
  module: SourceModule,
  sources: SourceTree,
): { readonly object: ObjectExpression; readonly module: SourceModule } | undefined {
  const found = sources.valueOf(expression, module)
  return found?.value.type === 'ObjectExpression'
    ? { object: found.value, module: found.module }
    : undefined
}

/** What an object literal has under a key. */
export function propertyOf({ properties }: ObjectExpression, key: string): Expression | undefined {
  for (const property of properties) {
    if (property.type === 'Property' && keyOf(property.key) === key) return property.value
  }
  return undefined
}
