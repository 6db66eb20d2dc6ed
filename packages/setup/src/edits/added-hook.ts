import type { Function, Node, Statement } from 'oxc-parser'
import { insertInside } from './first-inside.ts'
import { bare, type Exported, findExported } from './instrumentation-exports.ts'
import { type Hook, ON_REQUEST_ERROR, REGISTER } from './instrumentation-names.ts'
import { lineAt, type Refusal, type Source } from './source.ts'
import { insertAt, type Splice } from './splice.ts'

/** What has to be written for one hook. */
export interface Addition {
  readonly splices: readonly Splice[]
  /** Whether ours is called by its alias. */
  readonly isCalled?: boolean
  readonly imports?: readonly string[]
  readonly tail?: readonly string[]
  /** Ours is exported as it is. */
  readonly isExported?: boolean
}

/** What has to be written for a hook: ours alone, ours in theirs, or a function of both. */
export function addHook(source: Source, hook: Hook): Addition | Refusal {
  const exported = findExported(source, hook.name)
  if (exported === undefined) return exportsAll(source, hook) ?? { splices: [], isExported: true }
  const value = exported.value === undefined ? undefined : bare(exported.value)
  const inside = value === undefined ? undefined : callInside(source, hook, value)
  if (inside !== undefined) return { splices: [inside].flat(), isCalled: true }
  return compose(source, hook, exported)
}

function exportsAll(source: Source, { name }: Hook): Refusal | undefined {
  const all = (source.program.body as readonly Statement[]).find(
    node => node.type === 'ExportAllDeclaration' && node.exported === null,
  )
  if (all?.type !== 'ExportAllDeclaration') return undefined
  const module = all.source.value
  return {
    ok: false,
    why: `line ${lineAt(source.text, all.start)}: all of "${module}" is exported, in which ${name} may be`,
    fix: `Name what is exported, as in "export { register } from '${module}'", and try again.`,
  }
}

/** Calls ours as the first thing of a function; undefined where it is none that this can be done in. */
function callInside(source: Source, hook: Hook, value: Node): Splice | Splice[] | undefined {
  const isArrow = value.type === 'ArrowFunctionExpression'
  if (!isArrow && value.type !== 'FunctionDeclaration' && value.type !== 'FunctionExpression')
    return undefined
  const given = hook === REGISTER ? '' : argumentsOf(source, value)
  if (given === undefined || value.body === null) return undefined
  const call = `${hook.alias}(${given})`
  const { body } = value
  if (body.type !== 'BlockStatement') {
    return [insertAt(body.start, `(${call}, `), insertAt(body.end, ')')]
  }
  const statements = body.body
  const directive = statements.findLast(
    node => node.type === 'ExpressionStatement' && typeof node.directive === 'string',
  )
  const first = statements.find(node => node.start >= (directive?.end ?? 0))
  const start = directive?.end ?? body.start + 1
  return insertInside(source, { start, first, separator: ';' }, call)
}

/** The three arguments of a function by their names; undefined where it does not name them. */
function argumentsOf(source: Source, { params }: Pick<Function, 'params'>): string | undefined {
  const names = params.slice(0, 3).map((param, index) => {
    if (param.type !== 'Identifier') return undefined
    const isTyped = index > 0 && param.typeAnnotation !== null && param.typeAnnotation !== undefined
    return source.isTypeScript && isTyped ? `${param.name} as never` : param.name
  })
  return names.length === 3 && !names.includes(undefined) ? names.join(', ') : undefined
}

/** Exports a function of both under the name, in place of theirs. */
function compose(source: Source, hook: Hook, exported: Exported): Addition | Refusal {
  const { name, own, both } = hook
  if (exported.form === 'commonjs') {
    return {
      splices: [],
      isCalled: true,
      tail: [
        `const ${own} = module.exports.${name}`,
        `module.exports.${name} = ${callBoth(source, hook, `${own}?.`)}`,
      ],
    }
  }
  const { statement } = exported
  if (exported.form === 'declared') {
    if (!exported.isAlone) {
      return {
        ok: false,
        why: `line ${lineAt(source.text, statement.start)}: ${name} is exported in one statement with others`,
        fix: `Export ${name} in a statement of its own, and try again.`,
      }
    }
    return {
      splices: [
        insertAt(statement.start, '/* '),
        insertAt(statement.start + 'export'.length, ' */'),
      ],
      isCalled: true,
      tail: [
        `const ${both}${typeOf(source, hook, name)} = ${callBoth(source, hook, name, exported.value)}`,
        `export { ${both} as ${name} }`,
      ],
    }
  }
  const { specifier, module, local } = exported
  const { text, quote } = source
  const comma = /^\s*,/.exec(text.slice(specifier.end))?.[0].length ?? 0
  const theirs = module === undefined ? local : own
  return {
    splices: [insertAt(specifier.start, '/* '), insertAt(specifier.end + comma, ' */')],
    isCalled: true,
    imports:
      module === undefined ? [] : [`import { ${local} as ${own} } from ${quote}${module}${quote}`],
    tail: [
      `const ${both}${typeOf(source, hook, theirs)} = ${callBoth(source, hook, theirs, exported.value)}`,
      `export { ${both} as ${name} }`,
    ],
  }
}

const typeOf = ({ isTypeScript }: Source, hook: Hook, theirs: string): string =>
  isTypeScript && hook === ON_REQUEST_ERROR ? `: typeof ${theirs}` : ''

/** A function that calls ours, then theirs. */
function callBoth(source: Source, hook: Hook, theirs: string, value?: Node): string {
  if (hook === REGISTER) return `() => (${hook.alias}(), ${theirs}())`
  const isTyped = source.isTypeScript && value !== undefined && 'params' in value
  const given = isTyped ? `(args as unknown as Parameters<typeof ${hook.alias}>)` : 'args'
  return `(...args) => (${hook.alias}(...${given}), ${theirs}(...args))`
}
