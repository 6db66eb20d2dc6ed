import { type Comment, type Node, parseSync, type Program, visitorKeys } from 'oxc-parser'
import type { Edited, Removed } from './edited.ts'

/** A source that is read, with the style that it is written in. */
export interface Source {
  readonly path: string
  /** Without a byte order mark, which `bom` holds. */
  readonly text: string
  readonly bom: string
  readonly program: Program
  readonly comments: readonly Comment[]
  readonly isTypeScript: boolean
  /** Whether it imports or exports, as opposed to `require` and `module.exports`. */
  readonly hasModuleSyntax: boolean
  readonly eol: string
  readonly quote: string
  /** `;` or nothing. */
  readonly semicolon: string
  /** One step of indentation. */
  readonly indent: string
}

export type Refusal = Extract<Edited, { readonly ok: false }>

/** Reads a source; a text that is none gives the first error with its line. */
export function readSource(
  given: string,
  path: string,
): { readonly ok: true; readonly source: Source } | Refusal {
  const bom = given.startsWith('\uFEFF') ? '\uFEFF' : ''
  const text = given.slice(bom.length)
  const lang = /\.[cm]?ts$/.test(path) ? 'ts' : path.endsWith('.tsx') ? 'tsx' : 'jsx'
  const read = parseSync(path, text, { lang })
  // What CommonJS alone allows is `return` outside of functions.
  const { program, comments, errors, module } =
    read.errors.length === 0 || read.module.hasModuleSyntax
      ? read
      : parseSync(path, text, { lang, sourceType: 'commonjs' })
  const [error] = errors
  if (error !== undefined) {
    const line = lineAt(text, error.labels[0]?.start ?? 0)
    return {
      ok: false,
      why: `line ${line}: ${error.message}`,
      fix: `Mend the syntax of ${path}, and try again.`,
    }
  }
  return {
    ok: true,
    source: {
      path,
      text,
      bom,
      program,
      comments,
      isTypeScript: lang !== 'jsx',
      hasModuleSyntax: module.hasModuleSyntax || program.body.some(isModuleSyntax),
      ...findStyle(text, program),
    },
  }
}

const isModuleSyntax = ({ type }: Node): boolean =>
  type === 'TSImportEqualsDeclaration' || type === 'TSExportAssignment'

type Style = Pick<Source, 'eol' | 'quote' | 'semicolon' | 'indent'>

function findStyle(text: string, program: Program): Style {
  let doubled = 0
  let closed = 0
  walk(program, node => {
    if (node.type === 'Literal' && typeof node.value === 'string')
      doubled += text[node.start] === '"' ? 1 : -1
    if (isEndedBySemicolon(node))
      closed += /[^\s];$/.test(text.slice(node.start, node.end)) ? 1 : -1
  })
  return {
    eol: /\r?\n/.exec(text)?.[0] ?? '\n',
    quote: doubled > 0 ? '"' : "'",
    semicolon: closed > 0 ? ';' : '',
    indent: /^(\t| {2,})[^\s*]/m.exec(text)?.[1] ?? '  ',
  }
}

/** What becomes of a text that cannot be read when ours is to be taken out. */
export const leaveUnread = (text: string, { why, fix }: Refusal): Removed =>
  text.includes('throughline') ? { kind: 'left', why, fix } : { kind: 'untouched' }

/** Whether a statement ends with a semicolon, where the style has them. */
function isEndedBySemicolon(node: Node): boolean {
  switch (node.type) {
    case 'VariableDeclaration':
    case 'ExpressionStatement':
    case 'ReturnStatement':
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return true
    case 'ExportNamedDeclaration':
      return node.declaration === null
    case 'ExportDefaultDeclaration':
      return !node.declaration.type.endsWith('Declaration')
    default:
      return false
  }
}

/** Number of the line of an offset, from 1. */
export const lineAt = (text: string, offset: number): number =>
  text.slice(0, offset).split('\n').length

/** Where a statement ends; a semicolon at the start of a later line belongs to what follows it. */
export function endOf({ text }: Source, { start, end }: Node): number {
  const late = /\s*\n\s*;$/.exec(text.slice(start, end))?.[0].length ?? 0
  return end - late
}

/** Text of a node as it is written. */
export const textOf = ({ text }: Source, { start, end }: Node): string => text.slice(start, end)

/** Visits a node and all below it; `ancestors` begins with the nearest. */
export function walk(
  node: Node,
  visit: (node: Node, ancestors: readonly Node[]) => void,
  ancestors: readonly Node[] = [],
): void {
  visit(node, ancestors)
  const fields = node as unknown as Readonly<Record<string, unknown>>
  const below = [node, ...ancestors]
  for (const key of visitorKeys[node.type] ?? []) {
    for (const child of [fields[key]].flat()) if (isNode(child)) walk(child, visit, below)
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value
