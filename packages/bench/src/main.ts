import { cpus } from 'node:os'
import { measureCatalog } from './catalog.ts'
import { HELP, parseCommandLine, type BenchOptions } from './command-line.ts'
import { measureFailure } from './failure.ts'
import { measureMonitoring } from './monitoring.ts'
import { measureOtlp } from './otlp.ts'
import { measureOverhead } from './overhead.ts'
import { measureRedaction } from './redaction.ts'
import { renderReport, type Report } from './report.ts'
import { measureStartUp } from './start-up.ts'
import { startTestbed } from './testbed.ts'
import { measureViewer } from './viewer/measure-viewer.ts'

const EFFORT = {
  quick: { rounds: 8, warmUpSeconds: 3, starts: 9, failureRounds: 4, ingestSeconds: 20 },
  full: { rounds: 20, warmUpSeconds: 6, starts: 21, failureRounds: 10, ingestSeconds: 60 },
}
const INTERRUPTED = 130

const interrupted = new AbortController()

/** Says what comes next, unless it was interrupted: then everything that was started is stopped on the way out. */
function say(line: string): void {
  interrupted.signal.throwIfAborted()
  process.stderr.write(`· ${line}\n`)
}

const options = parseCommandLine(process.argv.slice(2))
if ('complaint' in options) {
  process.stderr.write(`${options.complaint}\n\n${HELP}`)
  process.exitCode = 2
} else if (options.help) {
  process.stdout.write(HELP)
} else {
  process.once('SIGINT', () => interrupted.abort())
  try {
    await run(options)
  } catch (error) {
    if (!interrupted.signal.aborted) throw error
    process.exitCode = INTERRUPTED
  }
}

async function run({ parts, quick, json }: BenchOptions): Promise<void> {
  const { rounds, warmUpSeconds, starts, failureRounds, ingestSeconds } = quick
    ? EFFORT.quick
    : EFFORT.full
  const [first, ...others] = cpus()
  const machine = {
    node: process.version,
    cpu: first?.model ?? 'an unknown processor',
    cores: others.length + 1,
  }
  let report: Report = {
    schema: 1,
    command: ['npm run bench --', ...process.argv.slice(2)].join(' '),
    machine,
  }
  if (parts.includes('overhead')) {
    await using testbed = await startTestbed()
    report = {
      ...report,
      machine: { ...machine, pinned: testbed.pinned },
      overhead: await measureOverhead({ testbed, rounds, warmUpSeconds, say }),
      startUp: await measureStartUp(testbed, starts, say),
    }
  }
  if (parts.includes('failure')) {
    await using testbed = await startTestbed()
    const failure = await measureFailure({ testbed, rounds: failureRounds, say })
    report = { ...report, machine: { ...machine, pinned: testbed.pinned }, failure }
  }
  if (parts.includes('catalog')) {
    say('asking the catalog')
    report = { ...report, catalog: await measureCatalog() }
  }
  if (parts.includes('otlp')) {
    say('decoding OTLP')
    report = { ...report, otlp: await measureOtlp() }
  }
  if (parts.includes('redaction')) {
    say('redacting spans')
    report = { ...report, redaction: await measureRedaction(quick ? 100 : 300) }
  }
  if (parts.includes('monitoring')) {
    say('generating for a large catalog')
    report = { ...report, monitoring: await measureMonitoring() }
  }
  if (parts.includes('viewer')) {
    report = { ...report, viewer: await measureViewer(ingestSeconds, say) }
  }
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : renderReport(report))
}
