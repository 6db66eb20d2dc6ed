import type { ReactElement } from 'react'
import type { SearchProps } from './filter-bar.tsx'
import { readTokens, removeToken } from './search-text.ts'

/** Each word and term of the search, with what takes it out. */
export function SearchedTerms({ search, onSearch }: SearchProps): ReactElement {
  return (
    <ul className="traces-terms" aria-label="Searched for">
      {readTokens(search).map(({ text }, place) => (
        // The same word may stand there twice.
        <li key={`${place} ${text}`}>
          <code>{text}</code>
          <button
            type="button"
            aria-label={`Remove ${text}`}
            title={`Remove ${text}`}
            onClick={() => onSearch(removeToken(search, place))}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  )
}
