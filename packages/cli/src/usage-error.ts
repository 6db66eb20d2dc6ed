/** A command that cannot be run as it was given, or not here. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** What to do instead: one sentence. */
  readonly fix: string

  constructor(message: string, fix: string) {
    super(message)
    this.fix = fix
  }
}

/** Throws all that is wrong with how a command was called, where anything is. */
export function throwAll(errors: readonly UsageError[]): void {
  const [first, ...rest] = errors
  if (first === undefined) return
  throw rest.length === 0 ? first : new AggregateError(errors)
}
