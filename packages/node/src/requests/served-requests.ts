import { context, diag } from '@opentelemetry/api'
import { getRPCMetadata, type RPCMetadata } from '@opentelemetry/core'
import type { Resolver } from '@throughline/catalog'
import { ATTR_THROUGHLINE_ACTOR } from '@throughline/conventions'
import { judgeActor } from './actor.ts'
import type { FinishedRequest, RequestListener, ServedRequest } from './request.ts'

/** How a request ended. */
export interface Ending {
  /** Undefined when there was no answer. */
  readonly status: number | undefined
  readonly durationMs: number
  readonly answerHeader: (name: string) => string | undefined
}

/** The requests that this process is serving. */
export interface ServedRequests {
  /** Begins a request; `metadata` is what its HTTP server span is known by, and learns its route. */
  open(metadata: RPCMetadata, request: ServedRequest): void
  /** Ends a request, before its span ends. Of a span that is no request's nothing is heard, nor of a request's second end. */
  finish(span: RPCMetadata['span'], ending: Ending): void
  /** The request that is being served here; undefined outside of one. */
  readonly active: () => ServedRequest | undefined
  /** Tells `listener` of each request as it ends. */
  listen(listener: RequestListener): void
}

interface Open {
  readonly metadata: RPCMetadata
  readonly request: ServedRequest
}

/** Follows requests from their arrival to their end, whether they are sampled or not. */
export function createServedRequests(service: string, resolver: Resolver): ServedRequests {
  const open = new WeakMap<RPCMetadata['span'], Open>()
  const listeners: RequestListener[] = []
  return {
    open: (metadata, request) => void open.set(metadata.span, { metadata, request }),
    finish(span, { status, durationMs, answerHeader }) {
      const found = open.get(span)
      if (found === undefined) return
      open.delete(span)
      const { request, metadata } = found
      if (request.bringsTelemetry === true) return
      const { route } = metadata
      const owner = resolver.route(service, request.method, route ?? request.path)
      const finished: FinishedRequest = {
        ...request,
        actor: request.actor ?? judgeActor(request, owner.audience),
        route,
        status,
        durationMs,
        answerHeader,
        owner,
      }
      span.setAttribute(ATTR_THROUGHLINE_ACTOR, finished.actor)
      for (const listener of listeners) tell(listener, finished)
    },
    active() {
      const metadata = getRPCMetadata(context.active())
      return metadata === undefined ? undefined : open.get(metadata.span)?.request
    },
    listen: listener => void listeners.push(listener),
  }
}

function tell(listener: RequestListener, request: FinishedRequest): void {
  try {
    listener(request)
  } catch (error) {
    diag.error('a request that ended was not told on', error)
  }
}
