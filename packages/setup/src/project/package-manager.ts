import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readText } from '../plan/read-text.ts'
import type { PackageManager } from './project.ts'

const LOCK_FILES: readonly (readonly [file: string, name: PackageManager['name']])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
]

/** A folder and those above it, up to that of the repository. */
export function foldersUp(folder: string): readonly string[] {
  const parent = dirname(folder)
  const isTop = parent === folder || existsSync(join(folder, '.git'))
  return isTop ? [folder] : [folder, ...foldersUp(parent)]
}

/** The package manager of a folder: by `packageManager` of its package.json, else by the lock file here or above, else npm. */
export function readPackageManager(root: string, declared: unknown): PackageManager {
  const [, named, digits] = /^(npm|pnpm|yarn|bun)@(\d+)/.exec(String(declared)) ?? []
  const name = (named as PackageManager['name'] | undefined) ?? findLocked(root) ?? 'npm'
  const major = digits === undefined && name === 'yarn' ? readYarnMajor(root) : Number(digits)
  return {
    name,
    major: Number.isNaN(major) ? undefined : major,
    hasNodeModules: name !== 'yarn' || !usesPlugAndPlay(root, major),
  }
}

const findLocked = (root: string): PackageManager['name'] | undefined =>
  foldersUp(root)
    .flatMap(folder => LOCK_FILES.filter(([file]) => existsSync(join(folder, file))))
    .at(0)?.[1]

/** Major version of Yarn by its files, of which those of its first version say little. */
function readYarnMajor(root: string): number {
  const settings = readText(join(root, '.yarnrc.yml'))
  const [, digits] = /^yarnPath:.*yarn-(\d+)\./m.exec(settings ?? '') ?? []
  if (digits !== undefined) return Number(digits)
  const isFirst =
    settings === undefined && !readText(join(root, 'yarn.lock'))?.includes('__metadata:')
  return isFirst ? 1 : 4
}

function usesPlugAndPlay(root: string, major: number): boolean {
  const settings = readText(join(root, '.yarnrc.yml')) ?? ''
  const [, linker] = /^nodeLinker:\s*["']?([\w-]+)/m.exec(settings) ?? []
  if (linker !== undefined) return linker === 'pnp'
  if (['.pnp.cjs', '.pnp.js'].some(file => existsSync(join(root, file)))) return true
  return major > 1 && !existsSync(join(root, 'node_modules'))
}
