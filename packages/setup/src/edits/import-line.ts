import type { Comment, Expression, Node, Statement } from 'oxc-parser'
import { endOf, type Source } from './source.ts'
import {
  breakAt,
  breakBefore,
  cut,
  endsLine,
  insertAt,
  lineEnd,
  lineStart,
  type Splice,
  startsLine,
} from './splice.ts'

type Statements = readonly (Statement | Node)[]

/** Whether a statement brings another module in. */
export function isImport(node: Node | undefined): boolean {
  switch (node?.type) {
    case 'VariableDeclaration':
      return node.declarations.every(
        ({ init }) => init !== null && requiredModule(init) !== undefined,
      )
    case 'ExpressionStatement':
      return requiredModule(node.expression) !== undefined
    default:
      return isDeclaration(node)
  }
}

const isDeclaration = (node: Node | undefined): boolean =>
  node?.type === 'ImportDeclaration' || node?.type === 'TSImportEqualsDeclaration'

/** The module of `require('x')`, `require('x').y` and `require('x')(…)`. */
export function requiredModule(expression: Expression): string | undefined {
  if (expression.type === 'MemberExpression') return requiredModule(expression.object)
  if (expression.type !== 'CallExpression') return undefined
  if (expression.callee.type !== 'Identifier') return requiredModule(expression.callee)
  const [argument] = expression.arguments
  return expression.callee.name === 'require' &&
    argument?.type === 'Literal' &&
    typeof argument.value === 'string'
    ? argument.value
    : undefined
}

/** Puts statements that import after the imports that stand before `limit`, else first. */
export function insertImports(
  source: Source,
  lines: readonly string[],
  limit: number = Number.POSITIVE_INFINITY,
): Splice {
  const { text, program } = source
  const isAnchor = source.hasModuleSyntax ? isDeclaration : isImport
  const last = (program.body as Statements).findLast(node => isAnchor(node) && node.end <= limit)
  if (last === undefined) return insertFirst(source, lines)
  const after = endOf(source, last)
  if (!endsLine(text, after)) {
    const code = lines.map(line => `${line};`).join(source.eol)
    return insertAt(after, source.eol + code)
  }
  const at = lineEnd(text, after)
  const eol = breakAt(text, at) || source.eol
  return insertAt(at, lines.map(line => eol + close(source, line, at)).join(''))
}

/** Puts statements that import before all others, after `#!`, directives and comments about the whole file. */
export function insertFirst(source: Source, lines: readonly string[]): Splice {
  const { text, program } = source
  const at = findStart(source)
  const eol = breakBefore(text, lineStart(text, at)) || source.eol
  const next = (program.body as Statements).find(node => node.start >= at)
  const code = lines.map(line => close(source, line, at) + eol).join('')
  return insertAt(at, next === undefined || isImport(next) ? code : code + eol)
}

/** Where code starts. */
function findStart({ text, program, comments }: Source): number {
  const directive = (program.body as Statements).findLast(
    node =>
      node.type === 'ExpressionStatement' &&
      node.directive !== undefined &&
      node.directive !== null,
  )
  const first = (program.body as Statements).find(node => node.start >= (directive?.end ?? 0))
  if (first === undefined) return 0
  let at = directive?.end ?? program.hashbang?.end ?? 0
  const above = comments.filter(({ start, end: until }) => start >= at && until <= first.start)
  for (const comment of above) if (isAboutFile(comment, text)) at = comment.end
  return at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0)
}

const isAboutFile = ({ value, end: at }: Comment, text: string): boolean =>
  /^[ \t]*\r?\n[ \t]*\r?\n/.test(text.slice(at)) ||
  /^!|^\/ *<|@ts-(no)?check|@license|copyright|SPDX|eslint-disable|@jsx/i.test(value)

/** A line that the next one cannot be taken as a part of. */
const close = (source: Source, line: string, at: number): string =>
  line + (source.semicolon || (continues(source, at) ? ';' : ''))

/** Whether what follows would be read as one expression with what stands before it. */
export function continues({ text, comments }: Source, offset: number): boolean {
  let at = offset
  for (;;) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0
    const comment = comments.find(({ start }) => start === at)
    if (comment === undefined) return at < text.length && '([`+-/*.,'.includes(text[at] ?? '')
    at = comment.end
  }
}

/** Takes a run of statements out that {@link insertImports} or {@link insertFirst} put in. */
export function removeImports(source: Source, run: readonly Node[]): Splice {
  const { text, program } = source
  const body = program.body as Statements
  const first = run[0] as Node
  const last = run.at(-1) as Node
  const until = endOf(source, last)
  const previous = body[body.indexOf(first) - 1]
  if (isImport(previous) && startsLine(text, first.start)) {
    const start = lineStart(text, first.start)
    return cut(start - breakBefore(text, start).length, until)
  }
  const next = body[body.indexOf(last) + 1]
  const after = breakAt(text, until).length
  const blank = next === undefined || isImport(next) ? 0 : breakAt(text, until + after).length
  return cut(first.start, until + after + (after > 0 ? blank : 0))
}
