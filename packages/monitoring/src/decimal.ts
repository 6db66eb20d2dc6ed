/** A number without the noise of binary fractions: 0.001, not 0.0010000000000000009. */
export const decimal = (value: number): number => Number(value.toPrecision(12))

/** What a percentage leaves: 0.001 of 99.9. */
export const budgetOf = (percentage: number): number => decimal((100 - percentage) / 100)
