import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { mustRun, type CommandOptions } from './command.ts'

/** A digest of every file that git would keep, by path. */
export type Listing = ReadonlyMap<string, string>

const LOCK_FILES = new Set(['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'])

/** Whether a path is that of a lock file, which a package manager writes as it sees fit. */
export const isLockFile = (path: string): boolean => LOCK_FILES.has(basename(path))

/** What a compiler notes for its next run, which not every generator has git ignore. */
const isBuildNote = (path: string): boolean => path.endsWith('.tsbuildinfo')

/** Lists the files of a repository that are not ignored. */
export async function listBytes(options: CommandOptions): Promise<Listing> {
  const output = await mustRun(['git', 'ls-files', '-co', '--exclude-standard', '-z'], options)
  const paths = output
    .split('\0')
    .filter(path => path !== '' && !isBuildNote(path) && existsSync(join(options.cwd, path)))
  return new Map(paths.toSorted().map(path => [path, digest(join(options.cwd, path))]))
}

/** Paths that are not the same in both. */
export function listDifferences(before: Listing, after: Listing): string[] {
  const paths = new Set([...before.keys(), ...after.keys()])
  return [...paths].filter(path => before.get(path) !== after.get(path)).toSorted()
}

const digest = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex')
