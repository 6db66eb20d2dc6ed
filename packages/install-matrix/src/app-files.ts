import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The part of a package.json that an application is changed in. */
export interface AppManifest {
  name?: string
  workspaces?: string[]
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  overrides?: Record<string, string>
}

/** Writes files, by their path from the folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** Writes a file anew. Throws when nothing in it is changed, as when a generator writes it otherwise than it did. */
export function editFile(folder: string, path: string, edit: (text: string) => string): void {
  const before = readFileSync(join(folder, path), 'utf8')
  const after = edit(before)
  if (after === before) throw new Error(`${path} has nothing of what was to be changed:\n${before}`)
  writeFileSync(join(folder, path), after)
}

/** Changes a package.json. */
export function editManifest(
  folder: string,
  edit: (manifest: AppManifest) => void,
  path = 'package.json',
): void {
  const manifest = JSON.parse(readFileSync(join(folder, path), 'utf8')) as AppManifest
  edit(manifest)
  writeFileSync(join(folder, path), toJson(manifest))
}

/** JSON as package managers write it. */
export const toJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`
