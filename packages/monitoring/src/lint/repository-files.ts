import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { baseOfGlob, compileGlob } from './glob.ts'

/** Where GitHub looks for it, in its order. */
const CODEOWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']

/** The CODEOWNERS file of a repository; nothing where there is none. */
export function readCodeownersFile(
  root: string,
): { readonly file: string; readonly text: string } | undefined {
  const file = CODEOWNERS.find(path => existsSync(join(root, path)))
  return file === undefined ? undefined : { file, text: readText(join(root, file)) ?? '' }
}

/** Folders that hold no sources of ours, or tests. */
const SKIPPED = /^(node_modules|dist|build|out|coverage|tests?|__tests__|e2e|fixtures|\..*)$/
/** Whether a folder of this name may hold sources of ours. */
export const isSourceFolder = (name: string): boolean => !SKIPPED.test(name)

const SOURCE = /(\.[cm]?[jt]sx?|\.mdx?|^package\.json|^tsconfig\.json)$/
const TEST = /\.(test|spec|d)\.[cm]?[jt]sx?$/

/** Texts of the sources that some globs match, by path from the root, sorted. */
export function readSources(root: string, globs: readonly string[]): ReadonlyMap<string, string> {
  const paths = globs.flatMap(glob =>
    listFiles(root, baseOfGlob(glob), isSourceFolder).filter(compileGlob(glob)),
  )
  const sources = paths.filter(path => SOURCE.test(posix.basename(path)) && !TEST.test(path))
  return readTexts(root, [...new Set(sources)])
}

/** Texts of files by path from the root, sorted. */
export const readTexts = (root: string, paths: readonly string[]): ReadonlyMap<string, string> =>
  new Map(paths.toSorted().map(path => [path, readText(join(root, path)) ?? '']))

/** The text of a file; nothing where there is none. */
export function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** Files below a folder of the root, by path from the root; a file is itself. */
export function listFiles(root: string, from: string, enter: (name: string) => boolean): string[] {
  const folder = posix.normalize(from)
  if (!existsSync(join(root, folder))) return []
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  return entries.flatMap(entry => {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return enter(entry.name) ? listFiles(root, path, enter) : []
    return entry.isFile() ? [path] : []
  })
}
