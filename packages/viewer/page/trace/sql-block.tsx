import type { ReactElement } from 'react'
import { CopyButton } from '../parts/copy-button.tsx'
import { laySql } from './sql-text.ts'

/** A longer one is shown as it is: nobody reads it, and laying it out would take time. */
const LONGEST = 50_000

/** A query, laid out to be read; what is copied is the query as it was sent. */
export function SqlBlock({ sql }: { readonly sql: string }): ReactElement {
  const pieces = sql.length > LONGEST ? [{ kind: 'plain', text: sql } as const] : laySql(sql)
  return (
    <section className="sql">
      <h3>
        Query <CopyButton text={sql} label="Copy query" />
      </h3>
      <pre tabIndex={0} role="group" aria-label="Query">
        {pieces.map(({ kind, text }, place) => (
          <span key={place} className={`sql-${kind}`}>
            {text}
          </span>
        ))}
      </pre>
    </section>
  )
}
