import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Parsed } from '@throughline/catalog'
import type { Ownership } from '../ownership.ts'
import { ACCEPTED_FILE, parseAcceptedUnowned } from './accepted-unowned.ts'
import { pathsToCheck, runbookFolderOf } from './catalog-paths.ts'
import { baseOfGlob, compileGlob } from './glob.ts'
import type { LintInput } from './lint-input.ts'
import { findRoutes } from './routes-in-code/find-routes.ts'
import {
  isSourceFolder,
  listFiles,
  readCodeownersFile,
  readSources,
  readText,
  readTexts,
} from './repository-files.ts'
import { parseRouteList } from './routes-in-code/route-list.ts'

/** Options of {@link readLintInput}. */
export interface ReadLintInputOptions {
  /** Day against which dates are held, as `2026-11-24`. @default today, in UTC */
  readonly today?: string
  /** File with the routes that running apps print, for services whose sources do not say them all. @default none */
  readonly routesFile?: string
}

/**
 * Reads what is linted, below the root of a repository: alerts, dashboards, runbooks, and the sources of each service.
 *
 * `folder` is that of the catalog, in which the list of accepted routes lies. Only a list of routes that cannot be read is a
 * problem; whatever else is missing is for the lint to say.
 */
export function readLintInput(
  root: string,
  ownership: Ownership,
  folder: string,
  options: ReadLintInputOptions = {},
): Parsed<LintInput> {
  const { today = new Date().toISOString().slice(0, 10), routesFile } = options
  const { catalog } = ownership
  const listed =
    routesFile === undefined
      ? ({ ok: true, value: [] } as const)
      : parseRouteList(readText(join(root, routesFile)) ?? '', routesFile)
  if (!listed.ok) return listed

  const services = [...catalog.services]
  const located = services.flatMap(([, service]) => pathsToCheck(service))
  const runbookFolder = runbookFolderOf(catalog)
  const accepted = posix.join(folder, ACCEPTED_FILE)
  return {
    ok: true,
    value: {
      ownership,
      today,
      files: readFolders(root, ['alerts', 'dashboards'], /\.(ya?ml|json|txt)$/),
      runbookFolder,
      runbooks: readFolders(root, [runbookFolder], /\.md$/),
      presentPaths: new Set(located.map(({ path }) => path).filter(path => isPresent(root, path))),
      code: findRoutes(
        catalog,
        new Map(services.map(([name, { paths }]) => [name, readSources(root, paths)])),
        listed.value,
      ),
      codeowners: readCodeownersFile(root),
      accepted: parseAcceptedUnowned(readText(join(root, accepted)) ?? '', accepted),
    },
  }
}

function readFolders(
  root: string,
  folders: readonly string[],
  ending: RegExp,
): ReadonlyMap<string, string> {
  const paths = folders.flatMap(folder => listFiles(root, folder, () => true))
  return readTexts(
    root,
    paths.filter(path => ending.test(path)),
  )
}

/** Whether a path names a file or a folder, or a glob matches a file. */
function isPresent(root: string, path: string): boolean {
  if (!/[*?[{]/.test(path)) return existsSync(join(root, path))
  return listFiles(root, baseOfGlob(path), isSourceFolder).some(compileGlob(path))
}
