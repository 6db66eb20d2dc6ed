import { posix } from 'node:path'
import type { Expression } from 'oxc-parser'
import { readAliases } from './import-aliases.ts'
import { parseSource, requestedModule, type SourceModule } from './source-module.ts'
import { type FunctionNode, isFunction, memberName, unwrap } from './syntax.ts'

/** What a name stands for, and the module it is written in. */
export interface Found {
  readonly module: SourceModule
  readonly value: Expression | FunctionNode
}

/** The sources of a service. */
export interface SourceTree {
  /** Every file, sorted as given. */
  readonly files: readonly string[]
  /** Those of JavaScript and TypeScript. */
  readonly paths: readonly string[]
  module(path: string): SourceModule | undefined
  /** The file that an import leads to, or nothing for one of a package. */
  resolve(from: string, specifier: string): string | undefined
  /** What a module exports under a name; re-exports are followed. */
  exported(path: string, name: string): Found | undefined
  /** What an expression stands for: names and imports are followed to a function or a value. */
  valueOf(expression: Expression, module: SourceModule): Found | undefined
}

const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.mjs',
]
const MOST_STEPS = 20

const isCode = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path) && !path.endsWith('.d.ts')

/** Opens source files; each is parsed at most once, when it is asked for. */
export function openSources(files: ReadonlyMap<string, string>): SourceTree {
  const modules = new Map<string, SourceModule>()
  const aliases = readAliases(files)
  const paths = [...files.keys()].filter(isCode)

  const module = (path: string): SourceModule | undefined => {
    const text = files.get(path)
    if (text === undefined || !isCode(path)) return undefined
    const known = modules.get(path) ?? parseSource(path, text)
    modules.set(path, known)
    return known
  }
  const resolve = (from: string, specifier: string): string | undefined => {
    const bases = specifier.startsWith('.')
      ? [posix.join(posix.dirname(from), specifier)]
      : aliases(from, specifier)
    const candidates = bases.flatMap(base => [
      ...ENDINGS.map(ending => `${base}${ending}`),
      // TypeScript lets an import name the file that will be built.
      ...ENDINGS.slice(1, 5).map(ending => base.replace(/\.[cm]?jsx?$/, ending)),
    ])
    return candidates.find(candidate => files.has(candidate))
  }
  const exported = (path: string, name: string, steps = MOST_STEPS): Found | undefined => {
    const source = steps > 0 ? module(path) : undefined
    if (source === undefined) return undefined
    const target = source.exports.get(name)
    if (typeof target === 'string') return exportedHere(target, source, steps - 1)
    if (target !== undefined) {
      const next = resolve(path, target.from)
      return next === undefined ? undefined : exported(next, target.name, steps - 1)
    }
    const value = source.exportedValues.get(name)
    if (value !== undefined) {
      const isName = !isFunction(value) && value.type === 'Identifier'
      return isName
        ? exportedHere(value.name, source, steps - 1)
        : follow({ module: source, value }, steps - 1)
    }
    for (const from of source.wholeExports) {
      const next = resolve(path, from)
      const found = next === undefined ? undefined : exported(next, name, steps - 1)
      if (found !== undefined) return found
    }
    return undefined
  }
  /** What an exported name stands for: what a function declares under the same name is something else. */
  const exportedHere = (name: string, source: SourceModule, steps: number): Found | undefined => {
    const value = source.outermost.get(name)
    return value === undefined
      ? named(name, source, steps)
      : follow({ module: source, value }, steps)
  }
  const named = (name: string, source: SourceModule, steps: number): Found | undefined => {
    const imported = source.imports.get(name)
    if (imported !== undefined) {
      const next = resolve(source.path, imported.from)
      return next === undefined ? undefined : exported(next, imported.name, steps)
    }
    const value = source.declarations.get(name)
    return value === undefined ? undefined : follow({ module: source, value }, steps)
  }
  const follow = (found: Found, steps: number): Found | undefined => {
    const { module: source, value } = found
    if (steps <= 0 || isFunction(value)) return found
    const bare = unwrap(value)
    if (bare.type === 'Identifier') return named(bare.name, source, steps - 1)
    const request = requestedModule(bare)
    const own = request === undefined ? undefined : resolve(source.path, request)
    if (own !== undefined) return exported(own, 'default', steps - 1)
    const member = memberName(bare)
    if (bare.type !== 'MemberExpression' || member === undefined)
      return { module: source, value: bare }
    const holder = unwrap(bare.object)
    const from =
      requestedModule(holder) ??
      (holder.type === 'Identifier' ? source.imports.get(holder.name)?.from : undefined)
    const next = from === undefined ? undefined : resolve(source.path, from)
    return next === undefined ? found : (exported(next, member, steps - 1) ?? found)
  }
  return {
    files: [...files.keys()],
    paths,
    module,
    resolve,
    exported,
    valueOf: (value, source) => follow({ module: source, value }, MOST_STEPS),
  }
}
