import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Writes a catalog to a file that is removed after the test; gives its path. */
export function writeCatalog(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-catalog-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'ownership.yaml')
  writeFileSync(file, text)
  return file
}
