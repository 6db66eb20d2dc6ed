import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { PlannedChange } from './plan-changes.ts'
import { writeWhole } from '@throughline/setup'

/** Folders in which every file is generated, but those in a folder called `own`. */
const GENERATED_FOLDERS = ['alerts', 'dashboards'] as const

/** A folder of the user's among the generated ones. */
const OWN = 'own'

/** Kinds of file that are generated; a README or a list beside them is the user's. */
const GENERATED = /\.(ya?ml|json)$/

/** Files of a repository, by path from its root; each is read when it is asked for, since there may be hundreds of megabytes. */
export type Disk = Pick<ReadonlyMap<string, string>, 'get' | 'has' | 'keys'>

/** Those of the paths at which there is a file. */
export function openDisk(root: string, paths: Iterable<string>): Disk {
  const present = new Set([...paths].filter(path => existsSync(join(root, path))))
  return {
    get: path => (present.has(path) ? readFileSync(join(root, path), 'utf8') : undefined),
    has: path => present.has(path),
    keys: () => present.keys(),
  }
}

/** Paths of the files among the generated ones, sorted. */
export function listGenerated(root: string): readonly string[] {
  return GENERATED_FOLDERS.flatMap(folder => listFiles(root, folder)).toSorted()
}

/** Texts of those of the paths at which there is a file. */
export function readPresent(root: string, paths: readonly string[]): ReadonlyMap<string, string> {
  const disk = openDisk(root, paths)
  return new Map([...disk.keys()].map(path => [path, disk.get(path) ?? '']))
}

/** Writes and removes what was planned, but strays, which nobody but their author may remove. */
export function applyChanges(root: string, changes: readonly PlannedChange[]): void {
  for (const { path, text, state } of changes) {
    if (text !== undefined) writeWhole(join(root, path), text)
    else if (state === 'orphan') removeFile(root, path)
  }
}

function listFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === OWN ? [] : listFiles(root, path)
    return entry.isFile() && GENERATED.test(entry.name) ? [path] : []
  })
}

/** Removes a file, and the folders that are empty then. */
function removeFile(root: string, path: string): void {
  rmSync(join(root, path))
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    if (readdirSync(join(root, folder)).length > 0) return
    rmdirSync(join(root, folder))
  }
}
