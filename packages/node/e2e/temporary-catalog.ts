import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A catalog in a folder of its own, until it is removed. */
export interface TemporaryCatalog extends Disposable {
  readonly path: string
}

/** Writes a catalog to a file. */
export function createCatalogFile(text: string): TemporaryCatalog {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-catalog-'))
  const path = join(folder, 'ownership.yaml')
  writeFileSync(path, text)
  return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

/** Writes a catalog to a file that is removed after the test; gives its path. */
export function writeCatalog(text: string): string {
  const catalog = createCatalogFile(text)
  onTestFinished(() => catalog[Symbol.dispose]())
  return catalog.path
}
