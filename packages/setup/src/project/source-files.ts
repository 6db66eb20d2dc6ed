import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Endings of sources, those of TypeScript first. */
export const SOURCE_ENDINGS = ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx'] as const

/** The first of these names that is there with one of these endings. */
export function findSource(
  folder: string,
  names: readonly string[],
  endings: readonly string[] = SOURCE_ENDINGS,
): string | undefined {
  return names
    .flatMap(name => endings.map(ending => join(folder, `${name}.${ending}`)))
    .find(isFile)
}

/** Whether a file is there, and no folder of that name. */
export const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true

/** Most sources of one application that are looked through. */
const MOST_SOURCES = 2000

const NO_SOURCES =
  /^(node_modules|\.next|\.git|\.yarn|dist|build|out|coverage|test|tests|__tests__|e2e)$|\.(test|spec)\.\w+$/

/** A source and its absolute path. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** The sources of an application, without what is built, installed or tested. What cannot be read is left out. */
export function readSources(folder: string): readonly SourceFile[] {
  return globSync(`**/*.{${SOURCE_ENDINGS.join()}}`, {
    cwd: folder,
    exclude: name => NO_SOURCES.test(name.split(/[/\\]/).at(-1) ?? ''),
  })
    .toSorted()
    .slice(0, MOST_SOURCES)
    .flatMap(name => readSource(join(folder, name)))
}

function readSource(path: string): readonly SourceFile[] {
  try {
    return [{ path, text: readFileSync(path, 'utf8') }]
  } catch {
    // A folder with such a name, or a link to nowhere: nothing that Node runs is lost.
    return []
  }
}
