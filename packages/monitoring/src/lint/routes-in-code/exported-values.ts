import type { Expression, Node, Program } from 'oxc-parser'
import { type FunctionNode, isFunction, keyOf, unwrap } from './syntax.ts'

type Value = Expression | FunctionNode

/** What a module exports as a value and not by a name: `export default`, `module.exports`, and what they set in `exports`. */
export function findExportedValues(program: Program): Map<string, Value> {
  const values = new Map<string, Value>()
  for (const node of program.body) {
    if (node.type === 'ExportDefaultDeclaration') set(values, 'default', node.declaration)
    if (node.type !== 'ExpressionStatement' || node.expression.type !== 'AssignmentExpression')
      continue
    const { left, right } = node.expression
    const name = exportedName(left)
    if (name === undefined) continue
    set(values, name, right)
    if (name !== 'default' || right.type !== 'ObjectExpression') continue
    for (const property of right.properties) {
      if (property.type === 'Property') set(values, keyOf(property.key) ?? '', property.value)
    }
  }
  return values
}

function set(values: Map<string, Value>, name: string, node: Node): void {
  if (isFunction(node)) values.set(name, node)
  else if (!node.type.startsWith('TS') && node.type !== 'ClassDeclaration') {
    values.set(name, unwrap(node as Expression))
  }
}

/** `module.exports` is the default; `exports.x` and `module.exports.x` are x. */
function exportedName(left: Node): string | undefined {
  if (left.type !== 'MemberExpression') return undefined
  if (isModuleExports(left)) return 'default'
  const isExports = keyOf(left.object) === 'exports' || isModuleExports(left.object)
  return isExports ? keyOf(left.property) : undefined
}

const isModuleExports = (node: Node): boolean =>
  node.type === 'MemberExpression' &&
  keyOf(node.object) === 'module' &&
  keyOf(node.property) === 'exports'
