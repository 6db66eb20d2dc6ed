import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from '../project/project.ts'

/** How many paths are tried. */
const MAX_PATHS = 6
/** How many sources are read. */
const MAX_FILES = 300

const GET_ROUTE = /\.get\(\s*(?<quote>['"`])(?<path>\/[\w./-]*)\k<quote>/g
/** What a GET may set off or end. */
const ACTS =
  /log-?out|sign-?out|cron|webhook|callback|unsubscribe|revalidate|delete|reset|shutdown/i
/** What answers without doing anything, so its trace shows little. */
const IDLE = /health|ready|live|ping|status|version|metrics|favicon/i

/**
 * Paths that a GET may be sent to, those first whose traces show most: `/`, and the routes without parameters that stand in the sources.
 * They are guesses: a prefix that is put before a route is not followed.
 */
export function guessPaths(app: App): readonly string[] {
  if (app.kind === 'next') return ['/']
  const found = listSources(app.folder).flatMap(path => findGetPaths(readFileSync(path, 'utf8')))
  return rankPaths(found)
}

const SOURCE = /(?<!\.d|\.test|\.spec)\.[cm]?[jt]s$/
const OTHER_FOLDER = /^(?:\..*|node_modules|dist|build|coverage|tests?)$/

function listSources(folder: string): readonly string[] {
  const sources: string[] = []
  const folders = [folder]
  for (const at of folders) {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (entry.isDirectory() && !OTHER_FOLDER.test(entry.name)) folders.push(join(at, entry.name))
      if (entry.isFile() && SOURCE.test(entry.name)) sources.push(join(at, entry.name))
    }
    if (sources.length > MAX_FILES) break
  }
  return sources.slice(0, MAX_FILES)
}

/** Paths of the GET routes that a source registers by a text without parameters. */
export function findGetPaths(source: string): readonly string[] {
  return [...source.matchAll(GET_ROUTE)].map(({ groups }) => groups?.['path'] ?? '/')
}

/** Each path once, those that may set something off left out, those that show little last. */
export function rankPaths(paths: readonly string[]): readonly string[] {
  const harmless = [...new Set([...paths, '/'])].filter(path => !ACTS.test(path))
  const rank = (path: string): number => (IDLE.test(path) ? 2 : path === '/' ? 1 : 0)
  return harmless.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_PATHS)
}
