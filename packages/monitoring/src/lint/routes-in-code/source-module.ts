import { type Expression, parseSync, type Program } from 'oxc-parser'
import { findExportedValues } from './exported-values.ts'
import { boundNames, type FunctionNode, isFunction, keyOf, unwrap, walk } from './syntax.ts'

/** Where a name comes from: `name` is `default` or `*` for what an import of these forms gives. */
interface Reference {
  readonly from: string
  readonly name: string
}

/** A source file, as far as finding routes in it goes. */
export interface SourceModule {
  readonly path: string
  readonly program: Program
  /** Whether the words `use server` are in it. */
  readonly mayHaveAction: boolean
  /** Names that are imported or required, and what they are there. */
  readonly imports: ReadonlyMap<string, Reference>
  /** Names that are exported: a name of this module, or one that another module exports. */
  readonly exports: ReadonlyMap<string, string | Reference>
  /** What `export * from` names. */
  readonly wholeExports: readonly string[]
  /** What is exported as a value, by name: `default` for `export default` and `module.exports`. */
  readonly exportedValues: ReadonlyMap<string, Expression | FunctionNode>
  /** Functions and values by the name they are declared with, anywhere in the module; the first of each. */
  readonly declarations: ReadonlyMap<string, Expression | FunctionNode>
  /** Those that are declared outside of any function: only these can be exported. */
  readonly outermost: ReadonlyMap<string, Expression | FunctionNode>
  /** `file:line` of an offset. */
  at(offset: number): string
}

/** Parses a source file; what cannot be parsed is an empty module. */
export function parseSource(path: string, text: string): SourceModule {
  const { program, module } = parseSync(path, text, { preserveParens: false })
  const imports = new Map<string, Reference>()
  for (const { moduleRequest, entries } of module.staticImports) {
    for (const { importName, localName, isType } of entries) {
      if (isType) continue
      const form: string = importName.kind
      const name = form === 'Name' ? (importName.name ?? '') : form === 'Default' ? 'default' : '*'
      imports.set(localName.value, { from: moduleRequest.value, name })
    }
  }
  const exports = new Map<string, string | Reference>()
  const wholeExports: string[] = []
  for (const { entries } of module.staticExports) {
    for (const { exportName, importName, localName, moduleRequest, isType } of entries) {
      if (isType) continue
      const form: string = exportName.kind
      const exported = form === 'Default' ? 'default' : exportName.name
      if (exported === null) {
        if (moduleRequest !== null) wholeExports.push(moduleRequest.value)
      } else if (moduleRequest !== null) {
        exports.set(exported, { from: moduleRequest.value, name: importName.name ?? '*' })
      } else if (localName.name !== null) exports.set(exported, localName.name)
    }
  }
  const lines = [...text.matchAll(/\n/g)].map(({ index }) => index)
  return {
    path,
    program,
    mayHaveAction: text.includes('use server'),
    imports: new Map([...imports, ...requiredNames(program)]),
    exports,
    wholeExports,
    exportedValues: findExportedValues(program),
    declarations: listDeclarations(program),
    outermost: listOutermost(program),
    at: offset => `${path}:${1 + lines.filter(line => line < offset).length}`,
  }
}

/** The module that an expression requires or imports: `require('./x')`, `import('./x')`. */
export function requestedModule(node: Expression): string | undefined {
  const bare = unwrap(node)
  const [source] =
    bare.type === 'ImportExpression'
      ? [bare.source]
      : bare.type === 'CallExpression' && keyOf(bare.callee) === 'require'
        ? bare.arguments
        : []
  return source?.type === 'Literal' && typeof source.value === 'string' ? source.value : undefined
}

function requiredNames(program: Program): Map<string, Reference> {
  const names = new Map<string, Reference>()
  walk(program, node => {
    if (node.type !== 'VariableDeclarator' || node.init === null) return true
    const from = requestedModule(node.init)
    if (from === undefined) return true
    if (node.id.type === 'Identifier') names.set(node.id.name, { from, name: 'default' })
    if (node.id.type !== 'ObjectPattern') return false
    for (const property of node.id.properties) {
      if (property.type !== 'Property' || property.value.type !== 'Identifier') continue
      names.set(property.value.name, { from, name: keyOf(property.key) ?? '*' })
    }
    return false
  })
  return names
}

/** Names that stand for one thing in the whole module: one that is declared twice, or is a parameter, is left out. */
function listDeclarations(program: Program): Map<string, Expression | FunctionNode> {
  const found = new Map<string, Expression | FunctionNode>()
  const names: string[] = []
  walk(program, node => {
    if (node.type === 'FunctionDeclaration' && node.id !== null) {
      names.push(node.id.name)
      found.set(node.id.name, node)
    }
    if (node.type === 'VariableDeclarator') {
      names.push(...boundNames(node.id))
      if (node.id.type === 'Identifier' && node.init !== null)
        found.set(node.id.name, unwrap(node.init))
    }
  })
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) found.delete(name)
    seen.add(name)
  }
  for (const name of parametersOf(program)) found.delete(name)
  return found
}

/** What a module declares outside of any function or block. */
function listOutermost(program: Program): Map<string, Expression | FunctionNode> {
  const found = new Map<string, Expression | FunctionNode>()
  for (const statement of program.body) {
    const node =
      'declaration' in statement && statement.declaration !== null
        ? statement.declaration
        : statement
    if (node.type === 'FunctionDeclaration' && node.id !== null) found.set(node.id.name, node)
    if (node.type !== 'VariableDeclaration') continue
    for (const { id, init } of node.declarations) {
      if (id.type === 'Identifier' && init !== null) found.set(id.name, unwrap(init))
    }
  }
  return found
}

function parametersOf(program: Program): string[] {
  const names: string[] = []
  walk(program, node => {
    if (isFunction(node)) names.push(...node.params.flatMap(boundNames))
  })
  return names
}
