import type { Expression, Node, Statement } from 'oxc-parser'
import { lineAt, type Refusal, type Source, textOf, walk } from './source.ts'

/** The configuration that a file exports, as the expression or function to wrap; the only one, or why there is none. */
export function findExportedConfig(source: Source): Expression | Node | Refusal {
  const found: (Expression | Node)[] = []
  for (const node of source.program.body as readonly Statement[]) {
    if (node.type === 'ExportDefaultDeclaration') found.push(node.declaration)
    if (node.type === 'TSExportAssignment') found.push(node.expression)
    const set = node.type === 'ExpressionStatement' ? assigned(source, node.expression) : undefined
    if (set !== undefined) found.push(set)
  }
  const [config, other] = found
  const { path, text } = source
  const form = source.hasModuleSyntax ? 'export default' : 'module.exports ='
  if (config === undefined) {
    return {
      ok: false,
      why: `line ${lineAt(text, source.program.body.at(-1)?.start ?? 0)}: nothing in ${path} is exported with "${form}"`,
      fix: `Export the configuration of ${path} with "${form} …", and try again.`,
    }
  }
  if (other !== undefined) {
    return {
      ok: false,
      why: `line ${lineAt(text, other.start)}: ${path} exports a second configuration`,
      fix: `Choose the configuration before one "${form} …", and try again.`,
    }
  }
  const name = config.type === 'FunctionDeclaration' ? config.id?.name : undefined
  if (name !== undefined && countUses(source, name) > 1) {
    return {
      ok: false,
      why: `line ${lineAt(text, config.start)}: the function "${name}" is exported and used by its name`,
      fix: `Write "${form} ${name}" in a line of its own, and try again.`,
    }
  }
  return config
}

/** What is assigned to `module.exports`, also through `exports`. */
function assigned(source: Source, expression: Expression): Expression | undefined {
  let at = expression
  let isExported = false
  while (at.type === 'AssignmentExpression') {
    if (textOf(source, at.left) === 'module.exports') isExported = true
    else if (textOf(source, at.left) !== 'exports') return undefined
    at = at.right
  }
  return isExported ? at : undefined
}

function countUses({ program }: Source, name: string): number {
  let uses = 0
  walk(program, node => {
    if (node.type === 'Identifier' && node.name === name) uses += 1
  })
  return uses
}
