import type { Node, Span } from 'oxc-parser'
import { endOf, lineAt, readSource, type Refusal, type Source, walk } from './source.ts'
import {
  breakAt,
  endsLine,
  indentOf,
  insertAt,
  lineEnd,
  lineStart,
  type Splice,
  startsLine,
} from './splice.ts'

const MARK =
  '// throughline init set this aside, since one tracer runs at a time; throughline uninstall puts it back.'

/** Puts each statement that starts another tracer into comments; one that cannot be is refused. */
export function setAside(
  source: Source,
): { readonly ok: true; readonly splices: readonly Splice[] } | Refusal {
  const splices: Splice[] = []
  for (const { call, ancestors } of findStarts(source)) {
    const found = asStatement(source, ancestors)
    if (found === undefined) {
      const name = source.text.slice(call.start, call.end).split('(')[0] ?? ''
      return {
        ok: false,
        why: `line ${lineAt(source.text, call.start)}: ${name}(…) starts another tracer, in a place that cannot be set aside`,
        fix: `Take the call of ${name} out of ${source.path} by hand, since one tracer runs at a time, and try again.`,
      }
    }
    splices.push(...comment(source, found))
  }
  return { ok: true, splices }
}

/** Puts back every statement that was set aside. */
export function putBack(text: string): string {
  const lines = text.split('\n')
  const left: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line.trim() !== MARK) {
      left.push(line)
      continue
    }
    let statement = uncomment(lines[at + 1] ?? '')
    let count = 1
    while (!isComplete(statement) && /^\s*\/\//.test(lines[at + count + 1] ?? '')) {
      count += 1
      statement += `\n${uncomment(lines[at + count] ?? '')}`
    }
    left.push(statement)
    at += count
  }
  return left.join('\n')
}

const uncomment = (line: string): string => line.replace(/\/\/ ?/, '')

/** Whether a text is one whole statement. */
const isComplete = (text: string): boolean =>
  readSource(`async () => {\n${text}\n}`, 'statement.ts').ok

interface Start {
  readonly call: Node
  /** Begins with the nearest. */
  readonly ancestors: readonly Node[]
}

/** Calls of `registerOTel`, and of `start` of a `NodeSDK`. */
function findStarts({ program, text }: Source): Start[] {
  const starts: Start[] = []
  const sdks = new Set<string>()
  const hasVercel = text.includes('@vercel/otel')
  walk(program, (node, ancestors) => {
    if (node.type === 'VariableDeclarator' && node.init !== null && isSdk(node.init))
      sdks.add(nameOf(node.id))
    if (node.type !== 'CallExpression') return
    const { callee } = node
    const isRegister = hasVercel && nameOf(callee) === 'registerOTel'
    const isStart =
      callee.type === 'MemberExpression' &&
      nameOf(callee.property) === 'start' &&
      (isSdk(callee.object) || sdks.has(nameOf(callee.object)))
    if (isRegister || isStart) starts.push({ call: node, ancestors })
  })
  return starts
}

const isSdk = (node: Node): boolean =>
  node.type === 'NewExpression' && nameOf(node.callee) === 'NodeSDK'

/** The name of an identifier, or the last one of a member. */
function nameOf(node: Node): string {
  if (node.type === 'MemberExpression') return nameOf(node.property)
  return node.type === 'Identifier' ? node.name : ''
}

/** Where the statement is that a call is all of, if it has its lines to itself. */
function asStatement(source: Source, ancestors: readonly Node[]): Span | undefined {
  const [nearest, ...further] = ancestors
  const [statement, holder] = nearest?.type === 'AwaitExpression' ? further : ancestors
  if (statement?.type !== 'ExpressionStatement') return undefined
  if (!HOLDERS.has(holder?.type ?? '')) return undefined
  const { text } = source
  const { start } = statement
  const end = endOf(source, statement)
  const lines = text.slice(start, lineEnd(text, end)).split('\n')
  const isWhole =
    startsLine(text, start) &&
    endsLine(text, end) &&
    lines.every((_, index) => index === 0 || !isComplete(lines.slice(0, index).join('\n')))
  return isWhole ? { start, end } : undefined
}

const HOLDERS = new Set(['BlockStatement', 'Program', 'SwitchCase'])

function comment({ text, eol }: Source, { start, end }: Span): Splice[] {
  const first = lineStart(text, start)
  const indent = indentOf(text, start)
  const line = breakAt(text, lineEnd(text, end)) || eol
  const splices = [insertAt(first, `${indent}${MARK}${line}`)]
  for (let at = first; at <= end; at = text.indexOf('\n', at) + 1) {
    const depth = Math.min(indent.length, indentOf(text, at).length)
    const isBlank = lineEnd(text, at) === at + depth
    splices.push(insertAt(at + depth, isBlank ? '//' : '// '))
    if (text.indexOf('\n', at) < 0) break
  }
  return splices
}
