import { readdirSync, readFileSync } from 'node:fs'
import type { Catalog } from '@throughline/catalog'
import { runbookFolderOf } from '../lint/catalog-paths.ts'
import type { OutputFile } from '../output-file.ts'

/** The pages lie with the sources, which are published, and are not copied by a build. */
const PAGES = new URL('../../src/runbooks/', import.meta.url)

/** The runbook of each alert, to begin with: a page that a team has made its own is never written again. */
export function readRunbooks(catalog: Catalog): readonly OutputFile[] {
  const folder = runbookFolderOf(catalog)
  return readdirSync(PAGES)
    .filter(name => name.endsWith('.md'))
    .toSorted()
    .map(name => ({ path: `${folder}/${name}`, text: readFileSync(new URL(name, PAGES), 'utf8') }))
}
