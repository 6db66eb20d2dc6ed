import type { IncomingHttpHeaders } from 'node:http'
import { context, trace, type Attributes, type Context, type Span } from '@opentelemetry/api'
import { getRPCMetadata, setRPCMetadata, type RPCMetadata } from '@opentelemetry/core'
import {
  carrierOf,
  incomingRequests,
  servedRequests,
  type Admission,
} from '@throughline/node/runtime'
import { ATTR_THROUGHLINE_TRACE_RESTARTED } from '@throughline/conventions'
import { adoptRequest, type AdoptedRequest } from './adopted-request.ts'

/** Pages that answer when nothing matched or something broke: no route of the application. */
const NO_ROUTES = new Set(['/_not-found', '/_error', '/_global-error', '/404', '/500'])

/** The requests that are being served, by the id of their HTTP server span. */
export interface ServerRequests {
  /** Context of the request that `active` belongs to, with its HTTP server span; undefined outside of a request. */
  find(active: Context): Context | undefined
  /**
   * Makes the span that Next.js begins for a request, by `startSpan` from its parent and with more attributes, its server
   * span; gives the context of the request.
   *
   * For requests that have no HTTP server span: Next.js listens before it calls register(), so the first ones are on
   * their way by then. Whose trace they belong to is decided here, by their headers alone.
   */
  adopt(
    active: Context,
    attributes: Attributes,
    startSpan: (parent: Context, more: Attributes) => Span,
  ): { readonly context: Context; readonly span: Span }
}

/** Names the route of the request that `active` belongs to. A later, better name wins; the pages for errors name none. */
export function nameRoute(active: Context, route: unknown): void {
  const request = getRPCMetadata(active)
  if (request === undefined || typeof route !== 'string') return
  const template = route.replace(/\/(page|route)$/, '') || '/'
  if (!NO_ROUTES.has(template)) request.route = template
}

/**
 * Remembers requests while they are served.
 *
 * Behind a proxy file Next.js serves a request in two passes, and of the first only the ids of its span reach the second,
 * as trace headers. By them the second pass finds the request again: its span, and where its route is to be written.
 */
export function createServerRequests(): ServerRequests {
  const live = new Map<string, RPCMetadata | AdoptedRequest>()

  const remember = (request: RPCMetadata): void => {
    const { spanId } = request.span.spanContext()
    if (live.has(spanId)) return
    live.set(spanId, request)
    beforeEnd(request.span, () => live.delete(spanId))
  }

  return {
    find(active) {
      const request = getRPCMetadata(active)
      if (request !== undefined) {
        remember(request)
        return active
      }
      const found = live.get(trace.getSpanContext(active)?.spanId ?? '')
      if (found === undefined) return undefined
      if ('resume' in found) found.resume()
      return enter(active, found)
    },
    adopt(active, attributes, startSpan) {
      const unseen = {
        method: String(attributes['http.method']),
        url: String(attributes['http.target']),
        headers: (carrierOf(active) ?? {}) as IncomingHttpHeaders,
      }
      const incoming = incomingRequests()
      const admission = incoming?.adopt(unseen)
      const parent = carrierOf(active) === undefined ? active : parentFor(active, admission)
      const span = startSpan(parent, {
        ...(admission?.restarted !== undefined && {
          [ATTR_THROUGHLINE_TRACE_RESTARTED]: admission.restarted,
        }),
      })
      const { spanId } = span.spanContext()
      const request = adoptRequest(parent, span, attributes, ending => {
        live.delete(spanId)
        servedRequests()?.finish(span, { ...ending, answerHeader: () => undefined })
      })
      live.set(spanId, request)
      if (admission !== undefined) incoming?.begin(request, unseen, admission)
      return { context: enter(parent, request), span }
    },
  }
}

/** `active`, which Next.js has put the caller's span into as it stood in the headers, with what was decided instead. */
function parentFor(active: Context, admission: Admission | undefined): Context {
  const caller = admission && trace.getSpanContext(admission.parent)
  return caller === undefined ? trace.deleteSpan(active) : trace.setSpanContext(active, caller)
}

const enter = (active: Context, request: RPCMetadata): Context =>
  setRPCMetadata(trace.setSpan(active, request.span), request)

function beforeEnd(span: Span, work: () => void): void {
  const end = span.end.bind(span)
  span.end = time => {
    work()
    end(time)
  }
}

/** The HTTP server span of the active request. */
export function activeServerSpan(): Span | undefined {
  return getRPCMetadata(context.active())?.span
}
