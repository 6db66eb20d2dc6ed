import { parseArgs } from 'node:util'

/** What the canary was asked to do. */
export interface CanaryCall {
  /** Rules of redaction to switch off. */
  readonly without: readonly string[]
  readonly json: boolean
  readonly help: boolean
}

export const HELP = `Usage: npm run canary [-- options]

Runs the example apps and two careless ones, plants secrets wherever a request can carry them, and searches every
byte of telemetry and of output that left any of them. Exits with 1 when it finds one.

Options:
  --without <rule>  switch a rule of redaction off; may be repeated. Such a run has to fail.
  --json            print the report as one JSON object to stdout
  --help            print this
`

/** Parses the arguments; gives the complaint when one is not known. */
export function parseCommandLine(
  args: readonly string[],
): CanaryCall | { readonly complaint: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        without: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return values
  } catch (error) {
    return { complaint: (error as Error).message }
  }
}
