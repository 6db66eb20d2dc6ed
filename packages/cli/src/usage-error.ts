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
