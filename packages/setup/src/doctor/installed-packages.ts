import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseManifest, type ParsedManifest } from './parse-manifest.ts'
import { readText } from '../plan/read-text.ts'

/** A package that is there. */
export interface InstalledPackage {
  readonly name: string
  readonly version: string
  /** Absolute path, links followed: one copy has one. */
  readonly folder: string
  /** Who brings it, from the application's own dependency on: `@vercel/otel > @opentelemetry/core`. */
  readonly by: string
}

/** What is installed for an application, as Node would find it. */
export interface InstalledPackages {
  /** The one that the application itself gets by a name; undefined where it gets none. */
  find(name: string): InstalledPackage | undefined
  /** All that it depends on, directly or not, each copy once, nearest first. Read when first asked for. */
  reachable(): readonly InstalledPackage[]
}

/** A package for a list: `1.9.1 by @fastify/otel`; `by package.json` where the application asks for it itself. */
export function describeBringer({ version, by }: InstalledPackage): string {
  return `${version} by ${by.split(' > ').slice(0, -1).join(' > ') || 'package.json'}`
}

/** Bounds the walk; the largest applications have a tenth of it. */
const MOST_PACKAGES = 20_000

/**
 * Finds what is installed for the application in a folder, in `node_modules` as npm, pnpm, yarn and bun lay it out. What is
 * not there, or cannot be read, is left out.
 */
export function openInstalledPackages(folder: string): InstalledPackages {
  let all: readonly InstalledPackage[] | undefined
  return {
    find: name => packageAt(locate(name, folder), name),
    reachable: () => (all ??= walk(folder)),
  }
}

function walk(root: string): readonly InstalledPackage[] {
  const found = new Map<string, InstalledPackage>()
  const queue = namesIn(parseManifest(readText(join(root, 'package.json')))).map(name => ({
    name,
    from: root,
    by: name,
  }))
  for (const { name, from, by } of queue) {
    const folder = locate(name, from)
    if (folder === undefined || found.has(folder)) continue
    if (found.size === MOST_PACKAGES) break
    const manifest = parseManifest(readText(join(folder, 'package.json')))
    found.set(folder, { name, version: manifest.version ?? '', folder, by })
    for (const next of namesIn(manifest)) {
      queue.push({ name: next, from: folder, by: `${by} > ${next}` })
    }
  }
  return [...found.values()]
}

/** What a package loads when it runs; what it is only developed with is not installed for others, and not run by itself. */
function namesIn({
  dependencies,
  optionalDependencies,
  peerDependencies,
}: ParsedManifest): string[] {
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
}

/** The folder that a name leads to from a folder, links followed. */
function locate(name: string, from: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name)
    if (basename(at) !== 'node_modules' && existsSync(join(folder, 'package.json')))
      return realpathSync(folder)
    if (dirname(at) === at) return undefined
  }
}

function packageAt(folder: string | undefined, name: string): InstalledPackage | undefined {
  if (folder === undefined) return undefined
  const { version } = parseManifest(readText(join(folder, 'package.json')))
  return { name, version: version ?? '', folder, by: name }
}
