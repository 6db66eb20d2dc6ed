import {
  context,
  trace,
  type Context,
  type Span,
  type SpanOptions,
  type Tracer,
} from '@opentelemetry/api'
import { ATTR_THROUGHLINE_NEXT_KIND } from '@throughline/conventions'
import { adoptedSpan } from './adopted-request.ts'
import { fateOf } from './next-span-types.ts'
import { enterPageRender } from './page-renders.ts'
import { dedupeErrors } from './recorded-errors.ts'
import { tellProxyErrors } from './request-errors.ts'
import { nameRoute, type ServerRequests } from './server-requests.ts'

type WithSpan = (span: Span) => unknown

/** Name of the tracer that Next.js makes its spans with. */
export const NEXT_SCOPE = 'next.js'

/** What the tracer of Next.js is made of. */
export interface NextTracerOptions {
  readonly requests: ServerRequests
  /** Called when a request reaches Next.js, in its context. */
  readonly onRequest: () => void
}

/**
 * A tracer for Next.js that makes only the spans that are worth their cost.
 *
 * Noise is not made and dropped later, but never made: what runs in it stays in the context around it, so the spans below
 * it have their parent by construction. The span of the request itself is not made a second time either; what Next.js
 * says to it, its route above all, is told to the HTTP server span.
 */
export function createNextTracer(
  tracer: Tracer,
  { requests, onRequest }: NextTracerOptions,
): Tracer {
  const startActiveSpan = (name: string, ...rest: unknown[]): unknown => {
    const fn = rest.pop() as WithSpan
    const [options = {}, given] = rest as [SpanOptions?, Context?]
    const active = given ?? context.active()
    const { 'next.span_type': type, 'next.route': route } = options.attributes ?? {}
    const decided = fateOf(type)
    switch (decided.fate) {
      case 'skip':
        nameRequest(active, route)
        return context.with(active, fn, undefined, standIn(active))
      case 'merge':
        onRequest()
        return enterRequest(name, options, active, fn)
      case 'keep':
        nameRequest(active, route)
        return tracer.startActiveSpan(
          cleanName(name),
          mark(options, decided.kind),
          decided.kind === 'page' ? enterPageRender(name, active) : active,
          span => {
            const deduped = dedupeErrors(span)
            return fn(decided.kind === 'proxy' ? tellProxyErrors(deduped, options) : deduped)
          },
        )
    }
  }

  const enterRequest = (
    name: string,
    options: SpanOptions,
    active: Context,
    fn: WithSpan,
  ): unknown => {
    const request = requests.find(active)
    if (request !== undefined) {
      return context.with(request, fn, undefined, adoptedSpan(request) ?? standIn(request))
    }
    const { attributes = {} } = options
    const adopted = requests.adopt(active, attributes, (parent, more) =>
      tracer.startSpan(name, { ...options, attributes: { ...attributes, ...more } }, parent),
    )
    return context.with(adopted.context, fn, undefined, adopted.span)
  }

  // A pass that only knows the request by its trace headers has no place for the route.
  const nameRequest = (active: Context, route: unknown): void =>
    nameRoute(requests.find(active) ?? active, route)

  return {
    startActiveSpan,
    startSpan(name, options = {}, active = context.active()) {
      const { 'next.span_type': type = name, 'next.route': route } = options.attributes ?? {}
      const decided = fateOf(type)
      if (decided.fate !== 'keep') return standIn(active)
      nameRequest(active, route)
      return dedupeErrors(tracer.startSpan(cleanName(name), mark(options, decided.kind), active))
    },
  }
}

/** The name without what only the files are called: groups of routes, and `page` or `route` at the end. */
function cleanName(name: string): string {
  return name.replaceAll(/\/\([^/)]+\)(?=\/|$)/g, '').replace(/(?<=\/.*)\/(page|route)$/, '')
}

function mark(options: SpanOptions, kind: string): SpanOptions {
  return { ...options, attributes: { ...options.attributes, [ATTR_THROUGHLINE_NEXT_KIND]: kind } }
}

/**
 * What Next.js holds in the place of a span that is not made: it has the ids of the span around it, and of all that it
 * is told it passes on the route.
 */
function standIn(active: Context): Span {
  const around = trace.getSpanContext(active)
  const span: Span = {
    spanContext: () => around ?? { traceId: '', spanId: '', traceFlags: 0 },
    setAttribute(name, value) {
      if (name === 'next.route') nameRoute(active, value)
      return span
    },
    setAttributes(attributes) {
      nameRoute(active, attributes['next.route'])
      return span
    },
    addEvent: () => span,
    addLink: () => span,
    addLinks: () => span,
    setStatus: () => span,
    updateName: () => span,
    end: () => undefined,
    isRecording: () => false,
    recordException: () => undefined,
  }
  return span
}
