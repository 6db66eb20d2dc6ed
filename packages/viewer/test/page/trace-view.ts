import type { Gap } from '@throughline/trace'
import type { LogRow, SpanRow, TraceView } from '../../src/api/trace.ts'

/** A span, and those directly below it. */
export interface SpanSketch extends Partial<SpanRow> {
  readonly below?: readonly SpanSketch[]
}

/** Makes a view of a trace from a sketch of its spans; what a sketch leaves out is ordinary. */
export function makeTraceView(
  sketches: readonly SpanSketch[],
  rest: Partial<TraceView> = {},
): TraceView {
  const spans: SpanRow[] = []
  const add = ({ below = [], ...given }: SpanSketch, parent: number | undefined): void => {
    const place = spans.length
    const depth = parent === undefined ? 0 : (spans[parent]?.depth ?? 0) + 1
    const row: SpanRow = { ...ORDINARY, spanId: `span-${place}`, parent, depth, ...given }
    spans.push(row)
    for (const sketch of below) add(sketch, place)
    spans[place] = { ...row, descendants: spans.length - place - 1 }
  }
  for (const sketch of sketches) add(sketch, undefined)
  return {
    traceId: 'a'.repeat(32),
    title: 'GET /',
    outcome: '200',
    failed: false,
    startUnixMs: 1_700_000_000_000,
    durationMs: 100,
    services: ['web'],
    teams: [],
    failure: undefined,
    logs: [],
    gaps: [],
    links: {},
    ...rest,
    spans,
  }
}

const ORDINARY: SpanRow = {
  spanId: '',
  parent: undefined,
  depth: 0,
  descendants: 0,
  service: 'web',
  title: 'work',
  category: 'internal',
  team: undefined,
  startMs: 0,
  durationMs: 10,
  selfMs: 10,
  skewMs: 0,
  critical: [],
  failed: false,
  failure: undefined,
}

export const makeLog = (log: Partial<LogRow>): LogRow => ({
  span: undefined,
  atMs: 0,
  timeUnixMs: 1_700_000_000_000,
  service: 'web',
  severityNumber: 9,
  severityText: 'INFO',
  body: 'a line',
  attributes: {},
  ...log,
})

export const makeGap = (gap: Partial<Gap>): Gap => ({
  reason: 'header-withheld',
  weight: 'gap',
  span: undefined,
  sentence: 'The trace stops here.',
  evidence: [],
  certain: true,
  mend: undefined,
  linked: undefined,
  ...gap,
})
