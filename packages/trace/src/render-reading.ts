import { selectLogs } from './drawn-logs.ts'
import { formatDuration } from './format-duration.ts'
import type { Gap } from './gap.ts'
import type { Failure, ReadSpan, TraceReading } from './reading.ts'
import { signOfCategory } from './signs.ts'
import {
  createPaint,
  drawLog,
  drawNote,
  drawTree,
  plain,
  wrap,
  type DrawnLog,
  type DrawnSpan,
  type Note,
  type Paint,
  type RenderOptions,
} from './tree-drawing.ts'

const RED = '31'
const BOLD = '1'

/**
 * Draws a reading for a terminal: what the trace is, what went wrong and who answers for it, then its tree with a sign for
 * what each span is, its service, duration, team and failure, what was logged there as a warning or worse (of the whole
 * trace the first 50 such lines, by UTC), and every gap where it shows, marked by `┄`, with what mends it. Ends with a line
 * break. Control characters that spans and logs bring along are left out.
 */
export function renderReading(reading: TraceReading, options: RenderOptions = {}): string {
  const { spans, gaps, services, failure } = reading
  const { color = false, width = 110 } = options
  const paint = createPaint(color)
  const byPlace = Map.groupBy(gaps, ({ span }) => span)
  const logs = selectLogs(reading.logs)
  const drawn = spans.map((span, place) =>
    drawSpan(span, logs.byPlace.get(place) ?? [], byPlace.get(place) ?? []),
  )
  return [
    ...drawHead(reading, paint),
    ...(failure === undefined ? [] : drawFailure(failure, width, paint)),
    '',
    ...drawTree(drawn, services, options),
    ...(logs.byPlace.get(undefined) ?? []).map(log => drawLog(log, '', width, paint)),
    ...(logs.more === 0
      ? []
      : [`… ${logs.more} more log ${logs.more === 1 ? 'record' : 'records'}, WARN or worse`]),
    ...(byPlace.get(undefined) ?? []).flatMap(gap => drawNote(noteOf(gap), '', width, paint)),
    '',
  ].join('\n')
}

function drawHead(
  { traceId, title, outcome, durationMs, startUnixMs, spans, services, teams }: TraceReading,
  paint: Paint,
): string[] {
  const many = `${spans.length} ${spans.length === 1 ? 'span' : 'spans'}`
  return [
    paint(BOLD, plain(`${title} · ${outcome} · ${formatDuration(durationMs)}`)),
    plain([`trace ${traceId}`, tellTime(startUnixMs), many, services.join(', ')].join(' · ')),
    ...(teams.length === 0 ? [] : [plain(`teams: ${teams.join(' → ')}`)]),
  ]
}

/** A time that no calendar has is a clock that is wrong by more than any other. */
function tellTime(unixMs: number): string {
  const date = new Date(unixMs)
  return Number.isNaN(date.getTime()) ? `${unixMs} ms` : date.toISOString()
}

function drawFailure({ sentence, owner }: Failure, width: number, paint: Paint): string[] {
  const { team, decidedBy } = owner ?? {}
  const where = decidedBy === undefined ? '' : ` (${decidedBy.at})`
  return [
    ...wrap(plain(sentence), Math.max(40, width - 2)).map((line, at) =>
      paint(RED, `${at === 0 ? '✗' : ' '} ${line}`),
    ),
    ...(team === undefined ? [] : [plain(`  owner: ${team}${where}`)]),
  ]
}

function drawSpan(read: ReadSpan, logs: readonly DrawnLog[], gaps: readonly Gap[]): DrawnSpan {
  const { span, category, title, depth, durationMs, owner, failed, failure } = read
  return {
    depth,
    label: `${signOfCategory(category)} ${title}`,
    service: span.service,
    duration: formatDuration(durationMs),
    team: owner?.team ?? '',
    error: failed ? `✗ ${failure ?? 'failed'}` : '',
    logs,
    notes: gaps.map(noteOf),
  }
}

function noteOf({ sentence, mend, certain, linked }: Gap): Note {
  return [
    certain ? sentence : `Likely: ${sentence}`,
    ...(linked === undefined
      ? []
      : [
          `${linked.direction === 'comes-from' ? 'from' : 'in'} trace ${linked.traceId}${linked.here ? '' : ', which is not here'}`,
        ]),
    ...(mend === undefined ? [] : [`→ ${mend}`]),
  ]
}
