import { parseArgs } from 'node:util'

/** What the demo was asked to do. */
export interface DemoOptions {
  /** Drive each scenario once and stop. */
  readonly once: boolean
  /** Print the spans of each scenario to stdout as one JSON object. */
  readonly json: boolean
  readonly help: boolean
}

export const HELP = `Usage: npm run demo [-- options]

Starts PostgreSQL, the payment service, the partner API, the report worker and the web app, drives each scenario
once, prints its trace, and stays up until Ctrl-C.

Options:
  --once   stop after the scenarios; exit 0 only if every promised trace was whole
  --json   print one JSON object with every span to stdout; all talk goes to stderr
  --help   print this
`

/** Parses the arguments; gives the complaint when one is not known. */
export function parseCommandLine(
  args: readonly string[],
): DemoOptions | { readonly complaint: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return values
  } catch (error) {
    return { complaint: (error as Error).message }
  }
}
