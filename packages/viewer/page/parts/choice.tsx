import type { ReactElement, ReactNode } from 'react'
import './filters.css'

/** One of several, with its name beside it. */
export function Choice({
  label,
  value,
  onChoose,
  className = '',
  children,
}: {
  readonly label: string
  readonly value: string
  readonly onChoose: (value: string) => void
  readonly className?: string
  /** The options. */
  readonly children: ReactNode
}): ReactElement {
  return (
    <label className={`choice ${className}`}>
      <span>{label}</span>
      <select value={value} onChange={event => onChoose(event.target.value)}>
        {children}
      </select>
    </label>
  )
}

/** One of several values that rows have, or any. */
export function ValueChoice({
  label,
  values,
  value,
  onChoose,
}: {
  readonly label: string
  readonly values: readonly string[]
  /** Empty for any. */
  readonly value: string
  readonly onChoose: (value: string) => void
}): ReactElement {
  return (
    <Choice label={label} value={value} onChoose={onChoose}>
      <option value="">any</option>
      {/* An address may name one that is not there now. */}
      {[...new Set([...values, ...(value === '' ? [] : [value])])].map(known => (
        <option key={known} value={known}>
          {known}
        </option>
      ))}
    </Choice>
  )
}

/** A text that rows have to hold. */
export function TextFilter({
  of,
  fields,
  value,
  onType,
}: {
  /** What is filtered: `alerts`. */
  readonly of: string
  /** Where the text is looked for: `path, service, team`. */
  readonly fields: string
  readonly value: string
  readonly onType: (value: string) => void
}): ReactElement {
  return (
    <input
      type="search"
      aria-label={`Filter ${of} by text`}
      placeholder={`filter: ${fields}`}
      value={value}
      onChange={event => onType(event.target.value)}
    />
  )
}
