import { parseArgs } from 'node:util'
import { MAX_END_MS, MAX_GROWTH_MB, soakCollectorOutage } from './soak/collector-outage.ts'
import {
  soakViewer,
  VIEWER_MAX_GROWTH_MB,
  VIEWER_MAX_MB,
  VIEWER_SPANS_PER_SECOND,
} from './soak/viewer-ingest.ts'

const HELP = `Usage: npm run soak -- [--viewer] [--minutes N]

Loads a Fastify application as fast as it goes while its collector refuses connections and never answers, in turns of
half a minute; then the collector comes back. Fails when a request fails, when memory grows by more than ${MAX_GROWTH_MB} MB
after the first half minute of the outage, when a span is neither taken nor counted as lost, or when the process takes
longer than ${MAX_END_MS / 1_000} s to end.

Options:
  --viewer     instead: sends ${VIEWER_SPANS_PER_SECOND} spans a second to the local viewer. Fails when they are not taken,
               when a span is lost, when memory passes ${VIEWER_MAX_MB} MB, or grows by more than ${VIEWER_MAX_GROWTH_MB} MB
               in the last three quarters
  --minutes N  how long (default 10; with --viewer 60)
  --help       print this
`

const { values } = parseArgs({
  options: {
    viewer: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const minutes = Number(values.minutes ?? (values.viewer ? 60 : 10))
if (values.help) process.stdout.write(HELP)
else if (minutes > 0) {
  const say = (line: string): void => void process.stdout.write(`${line}\n`)
  const soak = values.viewer ? soakViewer : soakCollectorOutage
  const problems = await soak(minutes, say)
  for (const problem of problems) say(`✗ ${problem}`)
  process.exitCode = problems.length === 0 ? 0 : 1
} else {
  process.stderr.write(`--minutes ${values.minutes} is not a number above 0\n`)
  process.exitCode = 2
}
