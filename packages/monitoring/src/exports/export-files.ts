import type { OutputFile } from '../output-file.ts'
import type { Ownership } from '../ownership.ts'
import { renderBackstage } from './backstage.ts'
import { renderCodeowners } from './codeowners.ts'
import { renderSentryRules } from './sentry-rules.ts'

/** What other tools read of the catalog, as files below `docs/ownership`. */
export function renderExportFiles(ownership: Ownership): readonly OutputFile[] {
  return [
    { path: 'docs/ownership/CODEOWNERS', text: renderCodeowners(ownership) },
    { path: 'docs/ownership/catalog-info.yaml', text: renderBackstage(ownership) },
    { path: 'docs/ownership/sentry-ownership-rules.txt', text: renderSentryRules(ownership) },
  ]
}
