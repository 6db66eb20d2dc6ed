import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Expression, Node } from 'oxc-parser'
import { requiredModule } from '../edits/import-line.ts'
import { type Source, walk } from '../edits/source.ts'

/** A name that a module has of another: `*` for the whole of it. */
export interface ImportedName {
  readonly local: string
  readonly imported: string
  readonly from: string
}

/** The names that a source imports or requires, wherever it does. */
export function importedNames({ program }: Source): readonly ImportedName[] {
  const names: ImportedName[] = []
  walk(program, node => {
    if (node.type === 'ImportDeclaration' && node.importKind !== 'type') {
      for (const specifier of node.specifiers) {
        const imported =
          specifier.type === 'ImportSpecifier'
            ? nameOf(specifier.imported)
            : specifier.type === 'ImportDefaultSpecifier'
              ? 'default'
              : '*'
        names.push({ local: specifier.local.name, imported, from: node.source.value })
      }
    }
    const from =
      node.type === 'VariableDeclarator' && node.init !== null ? moduleOf(node.init) : undefined
    if (node.type !== 'VariableDeclarator' || from === undefined) return
    if (node.id.type === 'Identifier') names.push({ local: node.id.name, imported: '*', from })
    if (node.id.type !== 'ObjectPattern') return
    for (const property of node.id.properties) {
      if (property.type === 'Property' && property.value.type === 'Identifier')
        names.push({ local: property.value.name, imported: nameOf(property.key), from })
    }
  })
  return names
}

/** The module that an expression brings in: `require('x')`, `import('x')`, `await import('x')`. */
export function moduleOf(expression: Expression): string | undefined {
  if (expression.type === 'AwaitExpression') return moduleOf(expression.argument)
  if (expression.type !== 'ImportExpression') return requiredModule(expression)
  const { source } = expression
  return source.type === 'Literal' && typeof source.value === 'string' ? source.value : undefined
}

/** The name of an identifier or of a key. */
export function nameOf(node: Node): string {
  if (node.type === 'Identifier') return node.name
  return node.type === 'Literal' ? String(node.value) : ''
}

const ENDINGS = ['', '.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '/index.ts', '/index.js']

/** The file that an import from a file of the application leads to; undefined for one of a package. */
export function resolveSource(
  specifier: string,
  from: string,
  appFolder: string,
): string | undefined {
  const bases = specifier.startsWith('.')
    ? [join(dirname(from), specifier)]
    : /^[@~]\//.test(specifier)
      ? ['', 'src'].map(folder => join(appFolder, folder, specifier.slice(2)))
      : []
  return bases
    .flatMap(base => [base, base.replace(/\.([cm]?)js$/, '.$1ts')])
    .flatMap(base => ENDINGS.map(ending => base + ending))
    .find(path => /\.[cm]?[jt]sx?$/.test(path) && existsSync(path))
}
