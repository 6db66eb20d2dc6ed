/** Median and quartiles of repeated measurements. */
export interface Spread {
  readonly median: number
  readonly q1: number
  readonly q3: number
}

/** The spread of `values`; of none it is `NaN`. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => quantileOf(sorted, share)
  return { median: at(0.5), q1: at(0.25), q3: at(0.75) }
}

/** What that share of `sorted` values is below, between two of them where it falls there; of none it is `NaN`. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/** A spread as a cell of a table: the median, and the quartiles in brackets. */
export function renderSpread({ median, q1, q3 }: Spread, digits: number): string {
  return `${median.toFixed(digits)} [${q1.toFixed(digits)}–${q3.toFixed(digits)}]`
}
