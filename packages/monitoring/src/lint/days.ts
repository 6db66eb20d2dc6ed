const MS_PER_DAY = 86_400_000

/** Days from one date to another, as `2026-10-02`; negative when the other is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / MS_PER_DAY)

/** A date some days later. */
export const laterBy = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * MS_PER_DAY).toISOString().slice(0, 10)
