import type { ReactElement } from 'react'

/** What somebody presses to have rows sorted by what their values are now. */
export function SortAgain({ onSort }: { readonly onSort: () => void }): ReactElement {
  return (
    <button
      type="button"
      onClick={onSort}
      title="The values have changed since the rows were sorted"
    >
      sort again
    </button>
  )
}
