import { builtinModules } from 'node:module'
import { listFiles, readText } from './files.ts'

/** One module that a source file asks for. */
export interface Import {
  /** The file, relative to the checkout. */
  readonly file: string
  /** As written, e.g. `@throughline/node/register`. */
  readonly specifier: string
  /** The package part of it, e.g. `@throughline/node`. */
  readonly packageName: string
  /** Leaves nothing in the JavaScript. */
  readonly typeOnly: boolean
}

const statement =
  /^\s*(?:import|export)\s+(?<type>type\s+)?(?:[\w*{][^'"`;=()]*?\sfrom\s+)?['"](?<specifier>[^'"]+)['"]/gm
const call = /(?<!\bPromise\.)\b(?:import|require|resolve)\(\s*['"](?<specifier>[^'"]+)['"]/g

/** Every package that the files below `folder` import, Node's own modules and relative paths left out. */
export function listImports(folder: string): Import[] {
  return listFiles(folder)
    .filter(file => /\.[cm]?[jt]sx?$/.test(file))
    .flatMap(file => readImports(file, readText(file)))
}

/** The packages that one file imports. */
export function readImports(file: string, text: string): Import[] {
  const code = text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')
  const found = [
    ...[...code.matchAll(statement)].map(match => ({ ...match.groups })),
    ...[...code.matchAll(call)].map(match => ({ ...match.groups })),
  ] as { readonly type?: string; readonly specifier: string }[]
  return found
    .filter(({ specifier }) => isPackage(specifier))
    .map(({ type, specifier }) => ({
      file,
      specifier,
      packageName: packageOf(specifier),
      typeOnly: type !== undefined,
    }))
}

function isPackage(specifier: string): boolean {
  return !/^[./#$]|^node:/.test(specifier) && !builtinModules.includes(specifier)
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
