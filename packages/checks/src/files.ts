import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, matchesGlob } from 'node:path'
import { root } from './workspace.ts'

/**
 * Every file that belongs to the repository: all but what `.gitignore` names; relative to the checkout, sorted.
 *
 * Read from disk and not from git, so that it works in a downloaded archive and sees files not yet committed.
 */
export function listFiles(folder = ''): string[] {
  const ignored = readText('.gitignore').split('\n').filter(Boolean)
  return walk(folder, path => ignored.some(pattern => matches(path, pattern))).toSorted()
}

/** Text of a file of the checkout. */
export function readText(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function walk(folder: string, isIgnored: (path: string) => boolean): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.name === '.git') return []
    if (entry.isDirectory()) return isIgnored(`${path}/`) ? [] : walk(path, isIgnored)
    return isIgnored(path) ? [] : [path]
  })
}

/** A pattern that ends with a slash is for folders; one without another slash is for any depth. */
function matches(path: string, pattern: string): boolean {
  if (pattern.endsWith('/') && !path.endsWith('/')) return false
  const wanted = pattern.replace(/\/$/, '')
  const own = path.replace(/\/$/, '')
  return matchesGlob(wanted.includes('/') ? own : basename(own), wanted)
}
