import { type ReactElement, useId, useState } from 'react'
import type { RouteTable } from '../../src/api/routes.ts'
import { useMeta } from '../data/meta.ts'
import { useResource } from '../data/use-resource.ts'
import { Choice, ValueChoice } from '../parts/choice.tsx'
import { useNarrow } from '../parts/use-narrow.ts'
import { setTerm, valueOfTerm } from './search-text.ts'

/** What reads and edits the search. */
export interface SearchProps {
  /** The text of the search box: the only place where a filter is kept. */
  readonly search: string
  readonly onSearch: (search: string) => void
}

const STATUSES = [
  ['error', 'failed'],
  ['ok', 'succeeded'],
  ['4xx', '4xx'],
  ['5xx', '5xx'],
] as const

const DURATIONS = [
  ['100ms', 'over 100 ms'],
  ['500ms', 'over 500 ms'],
  ['1s', 'over 1 s'],
] as const

/** Writes the usual terms into the search, for who does not know them by heart. */
export function FilterBar({ search, onSearch }: SearchProps): ReactElement {
  const meta = useMeta()
  const bind = (name: string): ChoiceProps => ({
    value: valueOfTerm(search, name),
    onChoose: (value: string): void => onSearch(setTerm(search, name, value)),
  })
  const filters = (
    <div className="traces-filters" role="group" aria-label="Filters">
      <ValueChoice label="service" {...bind('service')} values={meta?.services ?? []} />
      <ValueChoice label="team" {...bind('team')} values={meta?.teams ?? []} />
      <RouteChoice {...bind('route')} />
      <FixedChoice label="status" {...bind('status')} options={STATUSES} />
      <FixedChoice label="took" {...bind('>')} options={DURATIONS} />
    </div>
  )
  if (!useNarrow()) return filters
  return (
    <details className="traces-fold">
      <summary>Filters</summary>
      {filters}
    </details>
  )
}

interface ChoiceProps {
  readonly value: string
  readonly onChoose: (value: string) => void
}

function FixedChoice({
  label,
  value,
  onChoose,
  options,
}: ChoiceProps & {
  readonly label: string
  readonly options: readonly (readonly [value: string, text: string])[]
}): ReactElement {
  const isListed = value === '' || options.some(([known]) => known === value)
  return (
    <Choice label={label} value={value} onChoose={onChoose}>
      <option value="">any</option>
      {!isListed && <option value={value}>{value}</option>}
      {options.map(([known, text]) => (
        <option key={known} value={known}>
          {text}
        </option>
      ))}
    </Choice>
  )
}

function RouteChoice({ value, onChoose }: ChoiceProps): ReactElement {
  const listId = useId()
  const [isWanted, setWanted] = useState(false)
  const table = useResource<RouteTable>(isWanted ? '/api/routes' : undefined)
  const routes = new Set(table.data?.routes.map(({ route }) => route))
  const take = (text: string): void => {
    if (text.trim() !== value) onChoose(text.trim())
  }
  return (
    <label className="choice">
      <span>route</span>
      <input
        // What is typed is taken when it is done; another search brings its own.
        key={value}
        placeholder="any"
        list={listId}
        defaultValue={value}
        autoComplete="off"
        spellCheck={false}
        onFocus={() => setWanted(true)}
        onBlur={({ currentTarget }) => take(currentTarget.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') take(currentTarget.value)
        }}
      />
      <datalist id={listId}>
        {[...routes].map(route => (
          <option key={route} value={route} />
        ))}
      </datalist>
    </label>
  )
}
