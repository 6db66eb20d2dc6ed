/** What every error we raise on purpose carries besides its message. */
export interface ThroughlineErrorOptions extends ErrorOptions {
  /** Stable name for code, tests and docs to refer to, e.g. `'CATALOG_INVALID'`. */
  readonly code: string
  /** What the reader should do next: one imperative sentence. */
  readonly fix: string
}

/** An error with a stable code and a way out. */
export class ThroughlineError extends Error {
  override readonly name = 'ThroughlineError'
  readonly code: string
  readonly fix: string

  constructor(message: string, { code, fix, ...rest }: ThroughlineErrorOptions) {
    super(message, rest)
    this.code = code
    this.fix = fix
  }

  /** Whether `error` is one of ours. By name: `instanceof` misses a second installed copy. */
  static is(error: unknown): error is ThroughlineError {
    return error instanceof Error && error.name === 'ThroughlineError'
  }
}
