/** One thing wrong with a catalog, said so that its author can mend it. */
export interface Problem {
  /** Where, as `file:line:column`; the file alone when it cannot be read. */
  readonly at: string
  /** What is wrong, quoting the offending value. */
  readonly message: string
  /** The edit that mends it, with the nearest valid value where there is one. */
  readonly fix: string
}

/** What reading an input gives: a value that is wholly valid, or every problem found. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Problems as text for a terminal: two lines each, and a count at the end. */
export function renderProblems(problems: readonly Problem[]): string {
  const lines = problems.flatMap(({ at, message, fix }) => [`${at}: ${message}`, `  fix: ${fix}`])
  return [
    ...lines,
    `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`,
    '',
  ].join('\n')
}
