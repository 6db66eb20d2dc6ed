import type { CatalogCost } from './catalog.ts'
import type { FailureCost } from './failure.ts'
import type { MonitoringCost } from './monitoring.ts'
import type { OtlpSpeed } from './otlp.ts'
import type { Overhead } from './overhead.ts'
import type { RedactionCost } from './redaction.ts'
import { renderSpread } from './spread.ts'
import type { StartUp } from './start-up.ts'
import { renderTable } from './table.ts'
import { VARIANTS } from './variants.ts'
import type { ViewerCost } from './viewer/measure-viewer.ts'

/** What was measured, on what. */
export interface Report {
  readonly schema: 1
  readonly command: string
  readonly machine: {
    readonly node: string
    readonly cpu: string
    readonly cores: number
    /** Whether the measured process had a core of its own. */
    readonly pinned?: boolean
  }
  readonly overhead?: Overhead
  readonly startUp?: Readonly<Record<string, StartUp>>
  readonly failure?: FailureCost
  readonly catalog?: CatalogCost
  readonly otlp?: OtlpSpeed
  readonly redaction?: RedactionCost
  readonly monitoring?: MonitoringCost
  readonly viewer?: ViewerCost
}

/** The report as Markdown, for a terminal and for docs/performance.md. */
export function renderReport(report: Report): string {
  const { command, machine, overhead, startUp, failure, catalog, otlp } = report
  const { redaction, monitoring, viewer } = report
  const { node, cpu, cores, pinned } = machine
  const pinning =
    pinned === undefined ? '' : pinned ? ', measured process on a core of its own' : ', not pinned'
  return [
    `\`${command}\` on Node ${node}, ${cores} cores of ${cpu}${pinning}`,
    ...(overhead === undefined ? [] : renderOverhead(overhead)),
    ...(startUp === undefined ? [] : renderStartUp(startUp)),
    ...(failure === undefined ? [] : renderFailure(failure)),
    ...(catalog === undefined ? [] : renderCatalog(catalog)),
    ...(otlp === undefined ? [] : renderOtlp(otlp)),
    ...(redaction === undefined ? [] : renderRedaction(redaction)),
    ...(monitoring === undefined ? [] : renderMonitoring(monitoring)),
    ...(viewer === undefined ? [] : renderViewer(viewer)),
    '',
  ].join('\n\n')
}

function renderOverhead({ rounds, routes, oursOverLean }: Overhead): string[] {
  return Object.entries(routes).flatMap(([route, costs]) => [
    `### ${route}, ${rounds} rounds`,
    renderTable([
      ['variant', 'CPU µs a request', 'ratio to none', 'added µs', 'spans a request', 'RSS MB'],
      ...Object.entries(costs).map(([name, cost]) => [
        name,
        renderSpread(cost.cpuMicros, 1),
        renderSpread(cost.ratio, 2),
        renderSpread(cost.addedMicros, 1),
        cost.spansPerRequest.toFixed(2),
        cost.rssMb.toFixed(0),
      ]),
    ]),
    ...(oursOverLean[route] === undefined
      ? []
      : [
          `Throughline adds ${renderSpread(oursOverLean[route], 2)} times what the lean set-up adds.`,
        ]),
  ])
}

function renderStartUp(startUp: Readonly<Record<string, StartUp>>): string[] {
  return [
    '### From the start of the process to its first answer',
    renderTable([
      ['variant', 'what it is', 'ms', 'added ms', 'RSS MB'],
      ...VARIANTS.flatMap(({ name, what }) => {
        const start = startUp[name]
        if (start === undefined) return []
        const { ms, addedMs, rssMb } = start
        return [[name, what, renderSpread(ms, 0), renderSpread(addedMs, 0), renderSpread(rssMb, 0)]]
      }),
    ]),
  ]
}

function renderFailure({ rounds, apps }: FailureCost): string[] {
  return Object.entries(apps).flatMap(([app, costs]) => [
    `### ${app} while its collector misbehaves, ${rounds} rounds`,
    renderTable([
      [
        'the collector',
        'p50 ms',
        'p99 ms',
        'p99 by healthy',
        'requests',
        'failed',
        'RSS MB',
        'more MB',
        'end ms',
        'spans lost',
      ],
      ...Object.entries(costs).map(([behaviour, cost]) => [
        behaviour,
        renderSpread(cost.p50, 1),
        renderSpread(cost.p99, 1),
        renderSpread(cost.p99Ratio, 2),
        String(cost.requests),
        String(cost.failed),
        cost.rssMb.toFixed(0),
        cost.addedRssMb.toFixed(0),
        cost.endMs.toFixed(0),
        renderCounts(cost.dropped),
      ]),
    ]),
  ])
}

const renderCounts = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none'

function renderCatalog({ routes, nsPerCall, startMs }: CatalogCost): string[] {
  return [
    `### A question to a catalog of ${routes} routes`,
    renderTable([
      ['question', 'ns'],
      ...Object.entries(nsPerCall).map(([name, spread]) => [name, renderSpread(spread, 0)]),
    ]),
    '### Reading a catalog at start, in a fresh process',
    renderTable([
      ['step', 'ms'],
      ['import @throughline/catalog', renderSpread(startMs.import, 1)],
      [`readCatalog + createResolver, ${startMs.routes} routes`, renderSpread(startMs.read, 1)],
    ]),
  ]
}

function renderOtlp(otlp: OtlpSpeed): string[] {
  return [
    '### Decoding OTLP on one core',
    renderTable([
      ['encoding', 'thousand spans a CPU second'],
      ...Object.entries(otlp).map(([name, speed]) => [name, renderSpread(speed, 0)]),
    ]),
  ]
}

function renderRedaction({ rounds, cases }: RedactionCost): string[] {
  return [
    `### Export of spans with redaction, ${rounds} rounds`,
    renderTable([
      ['spans', 'encoding', 'export µs', 'redaction µs', 'ratio', 'ratio of the control'],
      ...cases.map(({ spans, encoding, exportMicros, redactionMicros, ratio, control }) => [
        spans,
        encoding,
        renderSpread(exportMicros, 2),
        renderSpread(redactionMicros, 2),
        renderSpread(ratio, 3),
        renderSpread(control, 3),
      ]),
    ]),
  ]
}

function renderMonitoring(cost: MonitoringCost): string[] {
  const { size, files, megabytes, alerts, recordingRules, generate, check, loadSeconds } = cost
  return [
    `### \`throughline generate\` for ${size.teams} teams, ${size.services} services and ${size.routes} routes`,
    renderTable([
      ['run', 'seconds', 'peak MB'],
      ['generate', generate.seconds.toFixed(1), generate.peakMb.toFixed(0)],
      ['generate --check', check.seconds.toFixed(1), check.peakMb.toFixed(0)],
    ]),
    `It wrote ${files} files of ${megabytes.toFixed(0)} MB; Prometheus was ready with ${alerts} alerts and ${recordingRules} recording rules after ${loadSeconds.toFixed(1)} s.`,
  ]
}

function renderViewer({ ingest, firstPaint, largeTrace, pageKb }: ViewerCost): string[] {
  const thousands = (count: number): string => `${(count / 1000).toFixed(0)},000`
  const ratio = ingest.spansPerSecond / ingest.receiverSpansPerSecond
  return [
    '### The local viewer',
    renderTable([
      ['what', 'figure'],
      [
        `spans a second, over ${ingest.seconds.toFixed(0)} s with the page open`,
        ingest.spansPerSecond.toFixed(0),
      ],
      ['the same by the receiver alone, which keeps nothing', ratio.toFixed(2)],
      ['peak memory meanwhile, MB', ingest.peakMb.toFixed(0)],
      [
        'first page of the list meanwhile, ms: median, p95',
        `${ingest.listMs.median.toFixed(0)}, ${ingest.listMs.p95.toFixed(0)}`,
      ],
      [
        `first rows of the list with ${thousands(firstPaint.storedSpans)} spans stored, ms`,
        renderSpread(firstPaint.ms, 0),
      ],
      [
        `from a click in the list to a trace of ${thousands(largeTrace.spans)} spans, ms`,
        renderSpread(largeTrace.openMs, 0),
      ],
      [
        'longest frame while it opens and is scrolled, ms',
        renderSpread(largeTrace.longestFrameMs, 0),
      ],
      [
        'longest task of the page meanwhile, ms',
        largeTrace.longestTaskMs === 0 ? 'none over 50' : largeTrace.longestTaskMs.toFixed(0),
      ],
      ['page, compressed, KB', pageKb.toFixed(0)],
    ]),
  ]
}
