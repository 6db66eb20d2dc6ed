import type { Node, Statement } from 'oxc-parser'
import { confirmEdit } from './confirmed-edit.ts'
import type { Edited, Removed } from './edited.ts'
import { insertFirst, removeImports, requiredModule } from './import-line.ts'
import { leaveUnread, readSource, type Source } from './source.ts'
import { applySplices } from './splice.ts'

const MODULE = '@throughline/node/register'

/** A source that Node starts. */
export interface EntryFile {
  readonly path: string
  /** How Node reads its folder's `.js` files. */
  readonly modules: 'esm' | 'cjs'
}

/** Makes the tracer the first thing that an entry imports; one that imports it already stays as it is. */
export function addEntryImport(text: string, file: EntryFile): Edited {
  const read = readSource(text, file.path)
  if (!read.ok) return read
  const { source } = read
  if (findOurs(source) !== undefined) return { ok: true, text }
  const { quote } = source
  const line = isImporting(source, file)
    ? `import ${quote}${MODULE}${quote}`
    : `require(${quote}${MODULE}${quote})`
  const added = applySplices(source.text, [insertFirst(source, [line])])
  return confirmEdit(source, added, given => removeEntryImport(given, file))
}

/** Takes the import of the tracer out of an entry. */
export function removeEntryImport(text: string, file: EntryFile): Removed {
  const read = readSource(text, file.path)
  if (!read.ok) return leaveUnread(text, read)
  const { source } = read
  const ours = findOurs(source)
  if (ours === undefined) return { kind: 'untouched' }
  const left = applySplices(source.text, [removeImports(source, [ours])])
  return { kind: 'edited', text: source.bom + left }
}

function isImporting(
  { hasModuleSyntax, isTypeScript }: Source,
  { path, modules }: EntryFile,
): boolean {
  if (hasModuleSyntax || isTypeScript || path.endsWith('.mjs')) return true
  return modules === 'esm' && !path.endsWith('.cjs')
}

const findOurs = ({ program }: Source): Node | undefined =>
  program.body.find((node: Statement) =>
    node.type === 'ImportDeclaration'
      ? node.source.value === MODULE
      : node.type === 'ExpressionStatement' && requiredModule(node.expression) === MODULE,
  )
