import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)

/**
 * Path of the ES module of a package that we depend on: by name, `require` would take its CommonJS build, and load a second copy of
 * everything below it.
 *
 * Where our own modules were turned into CommonJS as they were loaded, as tsx does, the CommonJS builds are the ones that are there.
 */
export function packagePath(name: string): string {
  const meta: { readonly resolve?: (name: string) => string } = import.meta
  return meta.resolve === undefined ? require.resolve(name) : fileURLToPath(meta.resolve(name))
}
