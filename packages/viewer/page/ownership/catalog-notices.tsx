import type { Problem } from '@throughline/catalog'
import type { ReactElement } from 'react'
import { CopyButton } from '../parts/copy-button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { CATALOG_EXAMPLE } from './catalog-example.ts'
import { counted } from '@throughline/monitoring/report-words'

/** A catalog that cannot be read: all that is wrong with it, and what mends it. */
export function BrokenCatalog({
  file,
  problems,
  onRetry,
}: {
  readonly file: string
  readonly problems: readonly Problem[]
  readonly onRetry: () => void
}): ReactElement {
  return (
    <section className="ownership-problems" aria-labelledby="problems-title">
      <h2 id="problems-title">
        {counted(problems.length, 'problem')} in <code>{file}</code>
      </h2>
      <p>Nobody’s ownership is known until it can be read.</p>
      <ol>
        {problems.map(({ at, message, fix }) => (
          <li key={`${at} ${message}`}>
            <p>
              <code>{at}</code> <CopyButton text={at} label={`Copy ${at}`} />
            </p>
            <p>
              <strong>{message}</strong>
            </p>
            <p>
              <span className="muted">fix:</span> {fix}
            </p>
          </li>
        ))}
      </ol>
      <button type="button" onClick={onRetry}>
        Read it again
      </button>
    </section>
  )
}

const IMPORT = 'npx throughline owners import codeowners .github/CODEOWNERS > ownership.yaml'

/** No catalog: how to write one. */
export function AbsentCatalog({ onRetry }: { readonly onRetry: () => void }): ReactElement {
  return (
    <EmptyState title="There is no catalog">
      <p>
        <code>ownership.yaml</code> at the root of the repository says which team answers for what.
        It may begin as small as this:
      </p>
      <div className="ownership-example">
        <CopyButton text={CATALOG_EXAMPLE} label="Copy the example" />
        <pre tabIndex={0} aria-label="Example of ownership.yaml">
          {CATALOG_EXAMPLE}
        </pre>
      </div>
      <p>Or have it drafted from CODEOWNERS, or from Backstage:</p>
      <p className="command">
        <code>{IMPORT}</code> <CopyButton text={IMPORT} label="Copy command" />
      </p>
      <button type="button" onClick={onRetry}>
        Look again
      </button>
    </EmptyState>
  )
}
