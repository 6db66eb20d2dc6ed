import type { Node } from 'oxc-parser'
import { readText } from '../plan/read-text.ts'
import { type Source, walk } from '../edits/source.ts'
import { importedNames, moduleOf, nameOf, resolveSource } from './imported-names.ts'

const MODULE = '@throughline/next'

/**
 * Whether a source exports something under a name that is ours, or that calls ours: re-exported, imported, or a function that
 * refers to it, by way of one file of the application at most.
 */
export function exportsOurs(source: Source, name: string, appFolder: string): boolean {
  const leadsToUs = (specifier: string): boolean => {
    if (specifier === MODULE) return true
    const path = resolveSource(specifier, source.path, appFolder)
    return path !== undefined && (readText(path) ?? '').includes(MODULE)
  }
  const ours = new Set(
    importedNames(source)
      .filter(({ imported, from }) =>
        from === MODULE ? [name, '*', 'default'].includes(imported) : leadsToUs(from),
      )
      .map(({ local }) => local),
  )
  const refersToUs = (node: Node): boolean => {
    let refers = false
    walk(node, below => {
      const module =
        below.type === 'ImportExpression' || below.type === 'CallExpression'
          ? moduleOf(below)
          : undefined
      if (module !== undefined && leadsToUs(module)) refers = true
      if (below.type === 'Identifier' && ours.has(below.name)) refers = true
    })
    return refers
  }
  return exportsOf(source).some(exported =>
    exported.from === undefined
      ? exported.name === name && refersToUs(exported.value)
      : (exported.name === name || exported.name === '*') && leadsToUs(exported.from),
  )
}

/** The names that a source exports; `*` for all that another module does. */
export const exportedNames = (source: Source): readonly string[] =>
  exportsOf(source).map(({ name }) => name)

type Exported =
  | { readonly name: string; readonly from: string }
  | { readonly name: string; readonly from?: undefined; readonly value: Node }

/** What a source exports, as ES modules and as CommonJS do; `*` for all that another module does. */
function exportsOf({ program }: Source): readonly Exported[] {
  const declared = new Map<string, Node>()
  for (const node of program.body) {
    const statement = node.type === 'ExportNamedDeclaration' ? (node.declaration ?? node) : node
    if (statement.type === 'FunctionDeclaration' && statement.id !== null)
      declared.set(statement.id.name, statement)
    if (statement.type === 'VariableDeclaration') {
      for (const declarator of statement.declarations)
        if (declarator.id.type === 'Identifier') declared.set(declarator.id.name, declarator)
    }
  }
  return program.body.flatMap((node): Exported[] => {
    if (node.type === 'ExportAllDeclaration') return [{ name: '*', from: node.source.value }]
    if (node.type === 'ExportNamedDeclaration') {
      const { declaration, source } = node
      if (declaration?.type === 'FunctionDeclaration' && declaration.id !== null)
        return [{ name: declaration.id.name, value: declaration }]
      if (declaration?.type === 'VariableDeclaration') {
        return declaration.declarations.map(value => ({ name: nameOf(value.id), value }))
      }
      return node.specifiers.map(({ local, exported }) => {
        const name = nameOf(exported)
        if (source !== null) return { name, from: source.value }
        return { name, value: declared.get(nameOf(local)) ?? local }
      })
    }
    if (node.type !== 'ExpressionStatement' || node.expression.type !== 'AssignmentExpression')
      return []
    const { left, right } = node.expression
    if (left.type !== 'MemberExpression') return []
    const name = nameOf(left.property)
    if (name !== 'exports') return [{ name, value: right }]
    const from = moduleOf(right)
    if (from !== undefined) return [{ name: '*', from }]
    if (right.type !== 'ObjectExpression') return []
    return right.properties.flatMap(property =>
      property.type === 'Property'
        ? [
            {
              name: nameOf(property.key),
              value: declared.get(nameOf(property.value)) ?? property.value,
            },
          ]
        : [],
    )
  })
}
