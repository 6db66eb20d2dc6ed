import { context, trace, type Context, type Span } from '@opentelemetry/api'
import { getRPCMetadata, type RPCMetadata } from '@opentelemetry/core'

/** Pages that answer when nothing matched or something broke: no route of the application. */
const NO_ROUTES = new Set(['/_not-found', '/_error', '/_global-error', '/404', '/500'])

/** The requests that are being served, by the id of their HTTP server span. */
export interface ServerRequests {
  /** Context of the request that `active` belongs to, with its HTTP server span; undefined outside of a request. */
  find(active: Context): Context | undefined
}

/** Names the route of the request that `active` belongs to. A later, better name wins; the pages for errors name none. */
export function nameRoute(active: Context, route: unknown): void {
  const request = getRPCMetadata(active)
  if (request === undefined || typeof route !== 'string' || NO_ROUTES.has(route)) return
  request.route = route.replace(/\/(page|route)$/, '') || '/'
}

/**
 * Remembers the contexts of requests while they are served.
 *
 * Behind a proxy file Next.js serves a request in two passes, and of the first only the ids of its span reach the second,
 * as trace headers. By them the second pass finds the request again: its span, and where its route is to be written.
 */
export function createServerRequests(): ServerRequests {
  const live = new Map<string, Context>()

  const remember = (active: Context, { span }: RPCMetadata): Context => {
    const { spanId } = span.spanContext()
    if (!live.has(spanId)) {
      live.set(spanId, active)
      forgetAtEnd(span, () => live.delete(spanId))
    }
    return active
  }

  return {
    find(active) {
      const request = getRPCMetadata(active)
      if (request !== undefined) return remember(active, request)
      const { spanId } = trace.getSpanContext(active) ?? {}
      return spanId === undefined ? undefined : live.get(spanId)
    },
  }
}

function forgetAtEnd(span: Span, forget: () => void): void {
  const end = span.end
  span.end = time => {
    forget()
    end.call(span, time)
  }
}

/** The HTTP server span of the active request. */
export function activeServerSpan(): Span | undefined {
  return getRPCMetadata(context.active())?.span
}
