import { parseArgs } from 'node:util'
import type { App } from './app.ts'
import { apps } from './apps.ts'
import { renderReport } from './report.ts'
import { type Outcome, runApp } from './run-app.ts'
import { setUpWorkbench } from './workbench.ts'

const INTERRUPTED = 130

const HELP = `Usage: npm run test:installs [-- --only <name>] [--keep]

Makes ${apps.length} applications outside of this workspace, puts Throughline into each from packed tarballs, looks at the trace of a
request, takes Throughline out again and compares the bytes. Exits with 1 when one failed.

Options:
  --only <text>  only applications whose name contains the text; can be given more than once
  --keep         leave the folder with the applications, and say where it is
  --help         print this

Applications:
${apps.map(({ name, about }) => `  ${name.padEnd(22)}${about}`).join('\n')}
`

const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** Runs the applications that the arguments ask for; gives the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { only = [], keep = false, help, complaint } = parse(args)
  if (help === true) {
    process.stdout.write(HELP)
    return 0
  }
  const chosen = apps.filter(
    ({ name }) => only.length === 0 || only.some(text => name.includes(text)),
  )
  const problem =
    complaint ??
    (chosen.length === 0 ? `no application has "${only.join('" or "')}" in its name` : undefined)
  if (problem !== undefined) {
    say(`${problem}\n\n${HELP}`)
    return 2
  }
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => interrupted.abort())
  try {
    const outcomes = await runAll(chosen, keep, interrupted.signal)
    process.stdout.write(renderReport(outcomes))
    return outcomes.every(({ failure }) => failure === undefined) ? 0 : 1
  } catch (error) {
    if (!interrupted.signal.aborted) throw error
    say('interrupted')
    return INTERRUPTED
  }
}

async function runAll(
  chosen: readonly App[],
  keeps: boolean,
  signal: AbortSignal,
): Promise<Outcome[]> {
  const packageManagers = chosen.map(({ packageManager }) => packageManager)
  await using bench = await setUpWorkbench({ packageManagers, signal, keeps })
  if (keeps) say(`the applications are in ${bench.folder}/apps`)
  const outcomes: Outcome[] = []
  for (const app of chosen) {
    const outcome = await runApp(app, bench)
    outcomes.push(outcome)
    const seconds = [...outcome.seconds.values()].reduce((sum, one) => sum + one, 0)
    const result = outcome.failure === undefined ? 'passed' : 'FAILED'
    say(`[${outcomes.length}/${chosen.length}] ${app.name}: ${result} in ${seconds.toFixed(0)} s`)
    if (outcome.failure !== undefined) say(outcome.failure)
  }
  return outcomes
}

function parse(args: readonly string[]): {
  readonly only?: string[] | undefined
  readonly keep?: boolean | undefined
  readonly help?: boolean | undefined
  readonly complaint?: string
} {
  try {
    const options = {
      only: { type: 'string', multiple: true },
      keep: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as const
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    return { complaint: (error as Error).message }
  }
}

process.exitCode = await main(process.argv.slice(2))
