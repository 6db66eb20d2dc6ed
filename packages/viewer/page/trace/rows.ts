import type { LogRow, SpanRow, TraceView } from '../../src/api/trace.ts'

/** What stands in a row of the waterfall, and the place of it in its list of the trace. */
export interface Row {
  readonly kind: RowKind
  readonly place: number
}

type RowKind = 'span' | 'gap' | 'log'

/** Which spans are wanted; the others stand there only where a wanted one is below them. */
export interface SpanFilter {
  readonly only: '' | 'errors' | 'critical'
  /** Empty for all. */
  readonly service: string
}

/** What decides which rows there are. */
export interface RowChoice {
  /** Spans whose rows below are hidden, by place. */
  readonly collapsed: ReadonlySet<number>
  readonly filter: SpanFilter
  /** Place of a span that is shown though the filter does not want it, since its details are open. */
  readonly besides?: number | undefined
  readonly logs: boolean
}

/** The rows of the waterfall, from top to bottom: flat, since there may be tens of thousands. */
export interface VisibleRows {
  readonly count: number
  /** Row of each span; -1 where it is not shown. */
  readonly rowOfSpan: Int32Array
  /** Whether each span is wanted by the filter: 1, or 0 where it only leads to one. */
  readonly wanted: Uint8Array
  readonly rowAt: (index: number) => Row | undefined
  /** Row at which something stands; -1 where it is not shown. */
  readonly indexOf: (row: Row) => number
}

const KINDS: readonly RowKind[] = ['span', 'gap', 'log']

/** Orders spans, gaps and logs into rows: a gap right below its span, a log below its span before what began later. */
export function layRows(
  trace: TraceView,
  { collapsed, filter, besides, logs }: RowChoice,
): VisibleRows {
  const { spans } = trace
  const { wanted, shown } = applyFilter(spans, filter, besides)
  const gapsOf = groupBySpan(trace.gaps)
  const logsOf = groupBySpan(logs ? trace.logs : [])
  const rowOfSpan = new Int32Array(spans.length).fill(-1)
  const most = spans.length + trace.gaps.length + trace.logs.length
  const kinds = new Uint8Array(most)
  const places = new Uint32Array(most)
  let count = 0
  const add = (kind: RowKind, place: number): void => {
    kinds[count] = KINDS.indexOf(kind)
    places[count] = place
    count += 1
  }
  // Spans that are not yet closed, from the root down, each with the logs of it that are still to come.
  const open: { readonly end: number; readonly logs: readonly number[]; next: number }[] = []
  const addLogsBefore = (atMs: number): void => {
    const top = open.at(-1)
    if (top === undefined) return
    while (top.next < top.logs.length) {
      const place = top.logs[top.next] ?? 0
      if ((trace.logs[place]?.atMs ?? 0) >= atMs) return
      add('log', place)
      top.next += 1
    }
  }
  const closeBefore = (place: number): void => {
    while ((open.at(-1)?.end ?? Infinity) <= place) {
      addLogsBefore(Infinity)
      open.pop()
    }
  }
  for (let place = 0; place < spans.length; place += 1) {
    closeBefore(place)
    const span = spans[place]
    if (span === undefined || shown[place] === 0) continue
    addLogsBefore(span.startMs)
    rowOfSpan[place] = count
    add('span', place)
    for (const gap of gapsOf.get(place) ?? []) add('gap', gap)
    if (collapsed.has(place)) {
      place += span.descendants
      continue
    }
    const own = wanted[place] === 1 ? (logsOf.get(place) ?? []) : []
    open.push({ end: place + span.descendants + 1, logs: own, next: 0 })
  }
  closeBefore(spans.length)
  if (isEverything(filter)) for (const log of logsOf.get(undefined) ?? []) add('log', log)
  return {
    count,
    rowOfSpan,
    wanted,
    rowAt(index) {
      const kind = KINDS[kinds[index] ?? 0]
      const place = places[index]
      return index < 0 || index >= count || kind === undefined || place === undefined
        ? undefined
        : { kind, place }
    },
    indexOf({ kind, place }) {
      if (kind === 'span') return rowOfSpan[place] ?? -1
      const code = KINDS.indexOf(kind)
      let index = 0
      while (index < count && (kinds[index] !== code || places[index] !== place)) index += 1
      return index < count ? index : -1
    },
  }
}

const isEverything = ({ only, service }: SpanFilter): boolean => only === '' && service === ''

/** Which spans are wanted, and which are shown since they or one below them is. */
function applyFilter(
  spans: readonly SpanRow[],
  filter: SpanFilter,
  besides: number | undefined,
): { readonly wanted: Uint8Array; readonly shown: Uint8Array } {
  const wanted = new Uint8Array(spans.length)
  const shown = new Uint8Array(spans.length)
  for (let place = spans.length - 1; place >= 0; place -= 1) {
    const span = spans[place]
    if (span === undefined) continue
    if (isWanted(span, filter)) {
      wanted[place] = 1
      shown[place] = 1
    }
    if (place === besides) shown[place] = 1
    if (shown[place] === 1 && span.parent !== undefined) shown[span.parent] = 1
  }
  return { wanted, shown }
}

/** Whether a filter lets a span through. */
export function isWanted(span: SpanRow, { only, service }: SpanFilter): boolean {
  if (only === 'errors' && !span.failed) return false
  if (only === 'critical' && span.critical.length === 0) return false
  return service === '' || span.service === service
}

function groupBySpan(
  items: readonly { readonly span: number | undefined }[],
): Map<number | undefined, number[]> {
  const groups = new Map<number | undefined, number[]>()
  items.forEach(({ span }, place) => {
    const group = groups.get(span)
    if (group === undefined) groups.set(span, [place])
    else group.push(place)
  })
  return groups
}

/** Places of the spans that have a log. */
export function spansWithLogs(logs: readonly LogRow[]): ReadonlySet<number> {
  return new Set(logs.flatMap(({ span }) => (span === undefined ? [] : [span])))
}

/** The span that a row belongs to; absent for a log without one. */
export function spanOfRow(trace: TraceView, row: Row): number | undefined {
  if (row.kind === 'span') return row.place
  return row.kind === 'gap' ? trace.gaps[row.place]?.span : trace.logs[row.place]?.span
}

/** How deep a row stands, from 1: the level of assistive technology. */
export function levelOfRow(trace: TraceView, row: Row): number {
  const span = spanOfRow(trace, row)
  const depth = span === undefined ? -1 : (trace.spans[span]?.depth ?? 0)
  return row.kind === 'span' ? depth + 1 : depth + 2
}

/** A name of the row that stays the same whatever is shown: `span-12`. */
export const keyOfRow = ({ kind, place }: Row): string => `${kind}-${place}`

/** The next row after `index` that `matches`, or before it with a `step` of -1; goes round at the end. */
export function findRow(
  rows: VisibleRows,
  index: number,
  step: 1 | -1,
  matches: (row: Row) => boolean,
): number | undefined {
  for (let tried = 1; tried <= rows.count; tried += 1) {
    const at = (((index + step * tried) % rows.count) + rows.count) % rows.count
    const row = rows.rowAt(at)
    if (row !== undefined && matches(row)) return at
  }
  return undefined
}
