import { parseArgs } from 'node:util'

/** Everything that can be measured, in the order in which it is. */
export const PARTS = [
  'overhead',
  'failure',
  'catalog',
  'otlp',
  'redaction',
  'monitoring',
  'viewer',
] as const
export type Part = (typeof PARTS)[number]

/** What the benchmark was asked to do. */
export interface BenchOptions {
  readonly parts: readonly Part[]
  readonly quick: boolean
  readonly json: boolean
  readonly help: boolean
}

export const HELP = `Usage: npm run bench -- [options]

Measures what Throughline costs, beside no telemetry and beside OpenTelemetry's own set-ups, in one run. Nothing else
should run on the machine. Figures are medians with quartiles in brackets.

Parts (all by default):
  --overhead   CPU a request, start-up and memory, on a bare route and on one with a query and a fetch
  --failure    latency, memory and end of the process while the collector misbehaves, for Fastify and Next.js
  --catalog    a question to a catalog of 500 routes, and reading one at start
  --otlp       decoding OTLP, as the collector of the tests and the local viewer do
  --redaction  what redaction adds to the export of spans
  --monitoring generating all that follows from a catalog of 5,000 routes, and loading its rules
  --viewer     spans that the local viewer takes, its memory, and how fast its page opens and scrolls

Options:
  --quick      fewer rounds: about a quarter of an hour instead of half an hour
  --json       print one JSON object to stdout; all talk goes to stderr
  --help       print this
`

/** Parses the arguments; gives the complaint when one is not known. */
export function parseCommandLine(
  args: readonly string[],
): BenchOptions | { readonly complaint: string } {
  const flag = { type: 'boolean', default: false } as const
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        overhead: flag,
        failure: flag,
        catalog: flag,
        otlp: flag,
        redaction: flag,
        monitoring: flag,
        viewer: flag,
        quick: flag,
        json: flag,
        help: { ...flag, short: 'h' },
      },
    })
    const asked = PARTS.filter(part => values[part])
    const { quick, json, help } = values
    return { parts: asked.length === 0 ? PARTS : asked, quick, json, help }
  } catch (error) {
    return { complaint: (error as Error).message }
  }
}
