/** The smallest of `sorted` that a share of them does not exceed; 0 where there is none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(decimal(share * sorted.length)) - 1)] ?? 0
}

/** A number without the noise of binary fractions: 19, not 19.000000000000004. */
export const decimal = (value: number): number => Number(value.toPrecision(12))
