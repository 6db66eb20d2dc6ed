/** Most errors of one request or job that are remembered. */
const MAX_ERRORS = 20

/** Knows the errors that were told already. */
export interface ReportedErrors {
  /** Whether this is the first time that `error` is told in `unit`; from then on it is not. */
  isNew(error: unknown, unit: object | undefined): boolean
}

/**
 * Remembers errors by the unit of work that they happened in. The error that Next.js tells in the stead of another is that
 * one again: it has the same `digest`, which may have been written on the first one after that was told.
 */
export function createReportedErrors(): ReportedErrors {
  const reported = new WeakMap<object, unknown[]>()
  return {
    isNew(error, unit) {
      if (unit === undefined) return true
      const errors = reported.get(unit) ?? []
      const digest = digestOf(error)
      if (
        errors.some(
          known => known === error || (digest !== undefined && digestOf(known) === digest),
        )
      ) {
        return false
      }
      if (errors.length < MAX_ERRORS) errors.push(error)
      reported.set(unit, errors)
      return true
    },
  }
}

const digestOf = (error: unknown): unknown => (error as { digest?: unknown } | undefined)?.digest
