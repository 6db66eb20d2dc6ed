import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Tells whether an application has a package. */
export type PackageFinder = (name: string) => boolean

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

// What we bring along ourselves is not the application's.
const OURS = /^@(throughline|opentelemetry)\//

/**
 * Tells whether the application in `folder` has a package installed, as its own dependency or as one of those.
 *
 * What lies in the application's own node_modules it has. What lies further up is shared by a workspace, where
 * every package can resolve what any other asked for; there the application's dependencies are followed. Without any
 * package.json, as in a tree that a build tool has put together, what can be resolved was put there for the application.
 */
export function createPackageFinder(folder: string): PackageFinder {
  const root = packageRoot(folder)
  if (root === undefined) return name => holderOf(name, folder) !== undefined
  let reachable: ReadonlySet<string> | undefined
  return name => {
    const holder = holderOf(name, root)
    if (holder === undefined) return process.versions['pnp'] !== undefined && resolves(name, root)
    if (holder === join(root, 'node_modules')) return true
    return (reachable ??= reachableFrom(root)).has(name)
  }
}

/** Nearest folder with a package.json. */
function packageRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at
    if (dirname(at) === at) return undefined
  }
}

/** The node_modules folder from which `name` is resolved in `folder`. By folder, not by entry: some packages have no CommonJS one. */
function holderOf(name: string, folder: string): string | undefined {
  const folders =
    createRequire(pathToFileURL(join(folder, 'package.json'))).resolve.paths(name) ?? []
  return folders.find(parent => existsSync(join(parent, name, 'package.json')))
}

function resolves(name: string, folder: string): boolean {
  try {
    createRequire(pathToFileURL(join(folder, 'package.json'))).resolve(name)
    return true
  } catch {
    // Not there, which is the answer.
    return false
  }
}

/** Names of all packages that the one in `root` depends on, directly or not. */
function reachableFrom(root: string): ReadonlySet<string> {
  const names = new Set<string>()
  const folders = [root]
  for (const folder of folders) {
    const { dependencies, optionalDependencies, peerDependencies } = readManifest(folder)
    for (const name of Object.keys({
      ...dependencies,
      ...optionalDependencies,
      ...peerDependencies,
    })) {
      if (names.has(name) || OURS.test(name)) continue
      const holder = holderOf(name, folder)
      if (holder === undefined) continue
      names.add(name)
      folders.push(join(holder, name))
    }
  }
  return names
}

function readManifest(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  } catch {
    // Unreadable: what it depends on stays uninstrumented, which is all that can be lost here.
    return {}
  }
}
