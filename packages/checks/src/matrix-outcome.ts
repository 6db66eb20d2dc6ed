/** What became of one test of a cell. */
export interface TestOutcome {
  readonly name: string
  readonly state: 'passed' | 'failed' | 'skipped'
}

/** What became of a cell. */
export interface CellOutcome {
  /** Name of the cell. */
  readonly name: string
  readonly tests: readonly TestOutcome[]
  /** What went wrong around the tests, e.g. a build that failed. */
  readonly errors: readonly string[]
  /** From before its application was started until it had ended. */
  readonly seconds: number
  /** The server that it ran against, if it said so. */
  readonly server: string | undefined
}

/** What a cell comes to. One that did not run, or skipped a test, has not passed. */
export function judge(outcome: CellOutcome | undefined): 'passed' | 'failed' | 'not run' {
  if (outcome === undefined) return 'not run'
  const { tests, errors } = outcome
  const passed = tests.length > 0 && tests.every(({ state }) => state === 'passed')
  return passed && errors.length === 0 ? 'passed' : 'failed'
}

/** An outcome in a line. */
export function describeOutcome(outcome: CellOutcome | undefined): string {
  if (outcome === undefined) return 'NOT RUN'
  const { tests, errors, seconds } = outcome
  const took = `in ${seconds.toFixed(1)} s`
  if (judge(outcome) === 'passed') return `passed ${tests.length}/${tests.length} ${took}`
  const failed = tests.filter(({ state }) => state === 'failed').map(({ name }) => name)
  const skipped = tests.filter(({ state }) => state === 'skipped').map(({ name }) => name)
  // Where something around the tests has failed, they are skipped for that reason.
  const causes = errors.length > 0 ? errors : skipped.map(name => `${name} (skipped)`)
  return `FAILED: ${[...failed, ...causes].join('; ') || 'it has no tests'}`
}
