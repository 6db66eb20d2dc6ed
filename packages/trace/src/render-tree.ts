import { formatDuration } from './format-duration.ts'
import { signOfKind } from './signs.ts'
import { drawTree, type DrawnSpan, type RenderOptions } from './tree-drawing.ts'
import type { SpanNode, TraceTree } from './trace-tree.ts'

/**
 * Draws a trace as a tree: one line a span with its kind, service, name, duration, team and error.
 *
 * Spans whose parent is missing are drawn below, and said to be.
 */
export function renderTree(tree: TraceTree, options: RenderOptions = {}): string {
  const services = [...new Set(tree.spans.map(span => span.service))]
  return [
    `trace ${tree.traceId} · ${tree.spans.length} spans · ${services.join(', ')}`,
    ...drawTree(inOrder(tree), services, options),
  ].join('\n')
}

/** The spans as they are drawn, without recursion: a tree may be deeper than the stack. */
function inOrder({ roots, orphans }: TraceTree): DrawnSpan[] {
  const drawn: DrawnSpan[] = []
  const waiting: { readonly span: SpanNode; readonly depth: number; readonly lost: boolean }[] = [
    ...orphans.map(span => ({ span, depth: 0, lost: true })).toReversed(),
    ...roots.map(span => ({ span, depth: 0, lost: false })).toReversed(),
  ]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { span, depth, lost } = next
    drawn.push(drawSpan(span, depth, lost ? `parent ${span.parentSpanId} is missing: ` : ''))
    for (const child of span.children.toReversed())
      waiting.push({ span: child, depth: depth + 1, lost: false })
  }
  return drawn
}

function drawSpan(span: SpanNode, depth: number, before: string): DrawnSpan {
  return {
    depth,
    label: `${before}${signOfKind(span.kind)} ${nameOf(span)}`,
    service: span.service,
    duration: formatDuration(span.durationMs),
    team: span.team ?? '',
    error: span.status === 'error' ? `✗ ${errorOf(span)}` : '',
    logs: [],
    notes: [],
  }
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
