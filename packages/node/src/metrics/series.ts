import { METRIC_LABEL_VALUE_OVERFLOW } from '@throughline/conventions'

/** What keeps the number of series of one metric bounded. */
export interface SeriesCap {
  /** Most label combinations, that of what is over included. */
  readonly maxSeries: number
  /** Called for every measurement that goes to the overflow series. */
  readonly onOverflow: () => void
  /** Takes secrets out of label values before they make a series; values that are one then share theirs. */
  readonly redact?: (values: readonly string[]) => readonly string[]
}

/** The series of one metric, each with its own state. */
export interface SeriesTable<State> {
  /** The state of the series with these label values, in the order of the metric's labels. */
  find(values: readonly string[]): State
  /** Forgets the series with these label values, if there is one. */
  remove(values: readonly string[]): void
  /** Every series with its labels. */
  entries(): Iterable<readonly [labels: Readonly<Record<string, string>>, state: State]>
  clear(): void
}

/** Makes the series of a metric: each at its first measurement, until there are as many as allowed. */
export function createSeriesTable<State>(
  labelNames: readonly string[],
  { maxSeries, onOverflow, redact = values => values }: SeriesCap,
  make: () => State,
): SeriesTable<State> {
  interface Series {
    readonly values: readonly string[]
    readonly state: State
  }
  // A map for each label in turn: the hash of a string that comes again is known, that of a joined one never is.
  type Branch = Map<string, Branch | Series>
  const root: Branch = new Map()
  const all: Series[] = []
  const overflowValues = labelNames.map(() => METRIC_LABEL_VALUE_OVERFLOW)
  let overflow: Series | undefined

  const search = (values: readonly string[]): Series | undefined => {
    if (values.length === 0) return all[0]
    let at: Branch | Series | undefined = root
    for (const value of values) at = (at as Branch | undefined)?.get(value)
    return at as Series | undefined
  }
  const insert = (made: Series): void => {
    all.push(made)
    let branch = root
    for (const value of made.values.slice(0, -1)) {
      const next = (branch.get(value) as Branch | undefined) ?? new Map<string, Branch | Series>()
      branch.set(value, next)
      branch = next
    }
    branch.set(made.values.at(-1) ?? '', made)
  }
  const prune = (branch: Branch, [value = '', ...rest]: readonly string[]): void => {
    const next = branch.get(value)
    if (next instanceof Map) {
      prune(next, rest)
      if (next.size > 0) return
    }
    branch.delete(value)
  }

  return {
    find(given) {
      const known = search(given)
      if (known !== undefined) return known.state
      const values = redact(given)
      const found = search(values)
      if (found !== undefined) return found.state
      // The overflow series is itself one of those that are allowed.
      if (all.length < maxSeries - 1) {
        const made = { values: [...values], state: make() }
        insert(made)
        return made.state
      }
      onOverflow()
      overflow ??= { values: overflowValues, state: make() }
      return overflow.state
    },
    remove(given) {
      const values = search(given) === undefined ? redact(given) : given
      const found = search(values)
      if (found === undefined) return
      all.splice(all.indexOf(found), 1)
      prune(root, values)
    },
    *entries() {
      for (const { values, state } of overflow === undefined ? all : [...all, overflow]) {
        yield [Object.fromEntries(labelNames.map((name, at) => [name, values[at] ?? ''])), state]
      }
    },
    clear() {
      root.clear()
      all.length = 0
      overflow = undefined
    },
  }
}
