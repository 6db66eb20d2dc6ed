import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Tells whether an application in `folder` can resolve a package.
 *
 * Looks for its folder rather than resolving its entry, so that a package without a CommonJS entry counts too;
 * where there are no such folders (Yarn Plug'n'Play) it is resolved.
 */
export function createPackageFinder(folder: string): (name: string) => boolean {
  const require = createRequire(pathToFileURL(join(folder, 'package.json')))
  return name => {
    const folders = require.resolve.paths(name) ?? []
    if (folders.some(parent => existsSync(join(parent, name)))) return true
    return process.versions['pnp'] !== undefined && resolves(require, name)
  }
}

function resolves(require: NodeJS.Require, name: string): boolean {
  try {
    require.resolve(name)
    return true
  } catch {
    // Not there, which is the answer.
    return false
  }
}
