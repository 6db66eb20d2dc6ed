import { useState } from 'react'
import { keepOrder } from './keep-order.ts'

/** Rows in an order that holds while their values change. */
export interface SteadyOrder<Row> {
  readonly rows: readonly Row[]
  /** Whether the values would give another order by now. */
  readonly isOutdated: boolean
  readonly sortAgain: () => void
}

/** Keeps sorted rows where they were shown, so that nothing moves under a pointer, until `choice` changes or it is asked for. */
export function useSteadyOrder<Row>(
  sorted: readonly Row[],
  keyOf: (row: Row) => string,
  /** What somebody chose, of which another order follows. */
  choice: string,
): SteadyOrder<Row> {
  const [shown, setShown] = useState<{ choice: string; keys: readonly string[] }>()
  const wanted = sorted.map(keyOf)
  const keys = shown?.choice === choice ? keepOrder(shown.keys, wanted) : wanted
  if (shown?.choice !== choice || !isSame(shown.keys, keys)) setShown({ choice, keys })
  const byKey = new Map(sorted.map(row => [keyOf(row), row]))
  return {
    rows: keys.flatMap(key => byKey.get(key) ?? []),
    isOutdated: !isSame(keys, wanted),
    sortAgain: () => setShown({ choice, keys: wanted }),
  }
}

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((key, place) => key === others[place])
