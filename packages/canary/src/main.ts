import { createTalk } from '../../../examples/demo/src/talk.ts'
import { HELP, parseCommandLine, type CanaryCall } from './command-line.ts'
import { listProblems, renderReport } from './report.ts'
import { runCanary } from './run.ts'

const INTERRUPTED = 130
const talk = createTalk(process.stderr)
const call = parseCommandLine(process.argv.slice(2))
if ('complaint' in call) {
  process.stderr.write(`${call.complaint}\n\n${HELP}`)
  process.exitCode = 2
} else if (call.help) {
  process.stdout.write(HELP)
} else {
  process.exitCode = await run(call)
}

/** Runs the canary to its end; gives the exit code. */
async function run({ without, json }: CanaryCall): Promise<number> {
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => interrupted.abort())
  try {
    const report = await runCanary({ talk, signal: interrupted.signal, without })
    const problems = listProblems(report)
    if (json) {
      const { plants, searched, findings, silent } = report
      const written = {
        schema: 1,
        plants,
        searched: Object.fromEntries(searched),
        findings,
        silent,
      }
      process.stdout.write(`${JSON.stringify(written)}\n`)
    } else process.stdout.write(`${renderReport(report)}\n`)
    for (const problem of problems) talk.fail(problem)
    if (problems.length === 0) talk.done('nothing leaked')
    return problems.length === 0 ? 0 : 1
  } catch (error) {
    if (interrupted.signal.aborted) return INTERRUPTED
    talk.fail((error as Error).message)
    return 1
  }
}
