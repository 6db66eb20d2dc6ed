import { extname, join, posix, relative, sep } from 'node:path'
import { parse } from 'jsonc-parser'
import { readText } from '../plan/read-text.ts'
import type { AppBase } from './project.ts'
import { findSource, isFile, SOURCE_ENDINGS } from './source-files.ts'
import { operandsOf, type RunningScript } from './start-scripts.ts'

/** Names that an entry usually has. */
const USUAL = ['main', 'index', 'server', 'app'].flatMap(name => [`src/${name}`, name])

/** The source that is started: the one that a script names, or that what it names was compiled from. */
export function findEntry(
  base: AppBase,
  starts: readonly RunningScript[],
  main: string | undefined,
): string | undefined {
  return findNamedEntry(base, starts, main) ?? findSource(base.folder, USUAL)
}

/** The source that scripts or `main` of package.json name. */
export function findNamedEntry(
  base: AppBase,
  starts: readonly RunningScript[],
  main: string | undefined,
): string | undefined {
  const named = starts.flatMap(({ runner }) => {
    if (runner.program === 'nest') return ['src/main']
    const operands = operandsOf(runner).filter(name => !/\.config\.[cm]?[jt]s$/.test(name))
    return operands.length === 0 ? ['.'] : operands
  })
  return [...named, ...(main === undefined ? [] : [main])]
    .map(name => (/^\.\/?$/.test(name) ? (main ?? 'index') : name))
    .map(name => sourceOf(base, posix.normalize(name)))
    .find(path => path !== undefined)
}

function sourceOf({ folder, isTypeScript }: AppBase, name: string): string | undefined {
  const { outDir = 'dist', rootDir } = readCompilerOptions(folder)
  const inside = relative(join(folder, outDir), join(folder, name)).split(sep).join('/')
  const isCompiled = inside !== '' && !inside.startsWith('..')
  const [, built] =
    (isTypeScript ? /^(?:dist|build|out|lib)\/(.+)/ : /^(?:dist|build|out)\/(.+)/).exec(name) ?? []
  const output = isCompiled ? inside : built
  if (output === undefined) {
    const path = join(folder, name)
    return isSource(path) ? path : findSource(folder, [withoutEnding(name), join(name, 'index')])
  }
  const roots = rootDir === undefined ? ['src', ''] : [rootDir]
  return findSource(
    folder,
    roots.map(root => join(root, withoutEnding(output))),
  )
}

interface CompilerOptions {
  readonly outDir?: string
  readonly rootDir?: string
}

/** Where TypeScript writes, and from where it reads; a build may have a configuration that extends the usual one. */
function readCompilerOptions(folder: string): CompilerOptions {
  const [usual, build] = ['tsconfig.json', 'tsconfig.build.json'].map(
    name =>
      parse(readText(join(folder, name)) ?? '{}') as
        | { readonly compilerOptions?: CompilerOptions }
        | undefined,
  )
  return { ...usual?.compilerOptions, ...build?.compilerOptions }
}

const withoutEnding = (name: string): string =>
  name.replace(new RegExp(`\\.(${SOURCE_ENDINGS.join('|')})$`), '')

/** Whether a file is there that Node runs; what express-generator makes has no ending. */
const isSource = (path: string): boolean =>
  ['', ...SOURCE_ENDINGS.map(ending => `.${ending}`)].includes(extname(path)) && isFile(path)
