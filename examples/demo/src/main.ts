import { urlOf } from './addresses.ts'
import { HELP, parseCommandLine, type DemoOptions } from './command-line.ts'
import { startDemo, tellTrace, type DemoContext, type RunningDemo } from './demo.ts'
import { renderJson } from './json-report.ts'
import { watchTraces } from './live-traces.ts'
import { cleanUpKilledRuns, createRunRecord, RUNS } from './run-record.ts'
import { createTalk } from './talk.ts'

const INTERRUPTED = 130
const talk = createTalk(process.stderr)

const options = parseCommandLine(process.argv.slice(2))
if ('complaint' in options) {
  process.stderr.write(`${options.complaint}\n\n${HELP}`)
  process.exitCode = 2
} else if (options.help) {
  process.stdout.write(HELP)
} else {
  process.exitCode = await run(options)
}

/** Runs the demo to its end; gives the exit code. */
async function run({ once, json }: DemoOptions): Promise<number> {
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => interrupted.abort())
  const killed = cleanUpKilledRuns(RUNS)
  if (killed > 0) talk.say(`cleaned up after ${killed} killed ${killed === 1 ? 'run' : 'runs'}`)
  const record = createRunRecord(RUNS)
  const context: DemoContext = { record, talk, signal: interrupted.signal }
  try {
    await using demo = await startDemo(context)
    if (json) process.stdout.write(`${renderJson(demo.outcomes)}\n`)
    const kept = demo.outcomes.filter(({ problems }) => problems.length === 0).length
    talk.line('')
    const summary = `${kept} of ${demo.outcomes.length} traces are whole`
    if (kept === demo.outcomes.length) talk.done(summary)
    else talk.fail(summary)
    if (!once) await stayUp(demo, interrupted.signal)
    talk.say('stopping')
    return kept === demo.outcomes.length ? 0 : 1
  } catch (error) {
    if (interrupted.signal.aborted) return INTERRUPTED
    talk.fail((error as Error).message)
    return 1
  } finally {
    record.remove()
  }
}

async function stayUp(demo: RunningDemo, signal: AbortSignal): Promise<void> {
  const { stack, received } = demo
  tellAddresses(demo)
  const stopWatching = watchTraces(received, trace => {
    talk.line('')
    tellTrace(trace, talk)
  })
  const done = new Promise<void>(resolve =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  )
  await Promise.race([done, stack.failed]).finally(stopWatching)
}

function tellAddresses({ stack, viewer }: RunningDemo): void {
  const { ports, catalog } = stack
  const { services, metrics } = ports
  const line = (text: string): void => talk.line(text)
  line('')
  line(`  viewer         ${viewer.pageUrl}   every trace, route and owner; takes OTLP`)
  line(
    `  web            ${urlOf(services.web)}   sign in as ada@acme.example or root@acme.example, demo-password`,
  )
  line(
    `  partner-api    ${urlOf(services['partner-api'])}   curl -H 'x-api-key: demo-partner-key' ${urlOf(services['partner-api'])}/v1/invoices/7`,
  )
  line(
    `  payments       ${urlOf(services.payments)}   curl -X PUT -d '{"mode":"slow"}' ${urlOf(services.payments)}/v1/mode`,
  )
  line(`  report-worker  ${urlOf(services['report-worker'])}/health`)
  for (const [name, port] of Object.entries(metrics))
    line(`  metrics        ${urlOf(port)}/metrics   of ${name}`)
  line(`  owners         ${catalog}`)
  line('')
  line(
    '  Each trace that you make is shown in the viewer and printed here. Ctrl-C stops everything.',
  )
}
