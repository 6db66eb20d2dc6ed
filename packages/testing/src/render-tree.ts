import type { SpanKind } from '@throughline/otlp'
import type { SpanNode, TraceTree } from './trace-tree.ts'

/** Options of {@link renderTree}. */
export interface RenderOptions {
  /** Whether to colour by ANSI codes. @default false */
  readonly color?: boolean
  /** Columns to fill. @default 110 */
  readonly width?: number
}

/** How each kind is marked, so that it can be told without colour. */
const SIGNS: Readonly<Record<SpanKind, string>> = {
  server: '▶',
  client: '→',
  producer: '⇢',
  consumer: '▷',
  internal: '·',
}

/** Hues that are told apart by colour-blind readers too, as 256-colour codes; a service keeps its own. */
const HUES = [33, 208, 42, 170, 220, 81, 131] as const

interface Line {
  readonly left: string
  readonly service: string
  readonly duration: string
  readonly team: string
  readonly error: string
}

/**
 * Draws a trace as a tree: one line a span with its kind, service, name, duration, team and error.
 *
 * Spans whose parent is missing are drawn below, and said to be.
 */
export function renderTree(
  tree: TraceTree,
  { color = false, width = 110 }: RenderOptions = {},
): string {
  const lines = [
    ...tree.roots.flatMap(root => drawSpan(root, '', '')),
    ...tree.orphans.flatMap(orphan =>
      drawSpan(orphan, `parent ${orphan.parentSpanId} is missing: `, ''),
    ),
  ]
  const column = (pick: (line: Line) => string): number =>
    Math.max(...lines.map(line => pick(line).length), 0)
  const serviceWidth = column(line => line.service)
  const durationWidth = column(line => line.duration)
  const teamWidth = column(line => line.team)
  const leftWidth = Math.max(
    24,
    Math.min(
      column(line => line.left),
      width - serviceWidth - durationWidth - teamWidth - 6,
    ),
  )
  const errorWidth = Math.max(24, width - leftWidth - serviceWidth - durationWidth - teamWidth - 8)
  const services = [...new Set(tree.spans.map(span => span.service))]
  const paint = (code: string, text: string): string =>
    color ? `\u001b[${code}m${text}\u001b[0m` : text
  const drawn = lines.map(({ left, service, duration, team, error }) =>
    [
      clip(left, leftWidth).padEnd(leftWidth),
      paint(`38;5;${HUES[services.indexOf(service) % HUES.length]}`, service.padEnd(serviceWidth)),
      duration.padStart(durationWidth),
      paint('1', team.padEnd(teamWidth)),
      error === '' ? '' : paint('31', clip(error, errorWidth)),
    ]
      .join('  ')
      .trimEnd(),
  )
  return [
    `trace ${tree.traceId} · ${tree.spans.length} spans · ${services.join(', ')}`,
    ...drawn,
  ].join('\n')
}

function drawSpan(span: SpanNode, ownPrefix: string, childPrefix: string): Line[] {
  return [
    {
      left: `${ownPrefix}${SIGNS[span.kind]} ${nameOf(span)}`,
      service: span.service,
      duration: formatDuration(span.durationMs),
      team: span.team ?? '',
      error: span.status === 'error' ? `✗ ${errorOf(span)}` : '',
    },
    ...span.children.flatMap((child, index) => {
      const last = index === span.children.length - 1
      return drawSpan(
        child,
        `${childPrefix}${last ? '└─ ' : '├─ '}`,
        `${childPrefix}${last ? '   ' : '│  '}`,
      )
    }),
  ]
}

/** An outgoing call is named by its method alone; a reader wants to know where it went. */
function nameOf({ name, kind, attributes }: SpanNode): string {
  const { 'http.request.method': method, 'server.address': host, 'server.port': port } = attributes
  if (kind !== 'client' || method === undefined || typeof host !== 'string') return name
  return typeof port === 'number' ? `${name} ${host}:${port}` : `${name} ${host}`
}

function errorOf({ statusMessage, attributes }: SpanNode): string {
  const status = attributes['http.response.status_code']
  return (
    statusMessage.replaceAll(/\s+/g, ' ') ||
    (status === undefined ? 'error' : JSON.stringify(status))
  )
}

/** A duration in the unit a person would say it in. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1) return `${Math.round(milliseconds * 1000)} µs`
  if (milliseconds < 1000) return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`
  return `${(milliseconds / 1000).toFixed(2)} s`
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}
