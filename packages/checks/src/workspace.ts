import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout. */
export const root: string = fileURLToPath(new URL('../../..', import.meta.url))

/** The part of a package.json that checks read. */
export interface Manifest {
  readonly name: string
  readonly version?: string
  readonly private?: boolean
  readonly description?: string
  readonly license?: string
  readonly type?: string
  readonly files?: readonly string[]
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly bin?: string
  readonly engines?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly allowScripts?: Readonly<Record<string, boolean>>
  readonly overrides?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** A folder of the workspace that has a package.json. */
export interface WorkspacePackage {
  /** Relative to the checkout, e.g. `packages/node`. */
  readonly folder: string
  readonly manifest: Manifest
}

/** Reads the package.json of `folder`, which is relative to the checkout; `''` is the root. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest
}

/** Every package below `packages` or `examples`, sorted by folder. */
export function readWorkspace(group: 'packages' | 'examples'): WorkspacePackage[] {
  return readdirSync(join(root, group))
    .map(name => `${group}/${name}`)
    .filter(folder => existsSync(join(root, folder, 'package.json')))
    .toSorted()
    .map(folder => ({ folder, manifest: readManifest(folder) }))
}

/** The packages that are meant for a registry. */
export function readPublicPackages(): WorkspacePackage[] {
  return readWorkspace('packages').filter(({ manifest }) => manifest.private !== true)
}
