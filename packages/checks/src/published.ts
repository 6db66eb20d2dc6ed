import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPublicPackages, root } from './workspace.ts'

/** One package as a registry would get it. */
export interface Tarball {
  readonly name: string
  /** Absolute path of the `.tgz`. */
  readonly path: string
  /** Paths in it, relative to the package. */
  readonly files: readonly string[]
}

/** Tarballs of every public package; disposing removes them. */
export interface Tarballs extends Disposable {
  readonly all: readonly Tarball[]
}

/** Packs every public package as it was built last. */
export function packPackages(): Tarballs {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-pack-'))
  const workspaces = readPublicPackages().flatMap(({ folder: from }) => ['-w', from])
  const options = ['--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder]
  const output = execFileSync('npm', ['pack', ...workspaces, ...options], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  })
  const packed = JSON.parse(output) as {
    readonly name: string
    readonly filename: string
    readonly files: readonly { readonly path: string }[]
  }[]
  return {
    all: packed.map(({ name, filename, files }) => ({
      name,
      path: join(folder, filename),
      files: files.map(({ path }) => path),
    })),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
