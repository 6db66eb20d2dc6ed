import type { ServerResponse } from 'node:http'
import { context, SpanStatusCode, trace, type Span } from '@opentelemetry/api'
import { getRPCMetadata } from '@opentelemetry/core'
import { observe } from './channel.ts'

// The parts of Fastify that are used, so that Fastify itself is not needed to compile or to run this.
interface Request {
  readonly routeOptions?: { readonly url?: string }
}
interface Reply {
  readonly raw: ServerResponse
}
interface Fastify {
  addHook(
    name: 'onRequest',
    hook: (request: Request, reply: unknown, done: () => void) => void,
  ): void
  addHook(
    name: 'onError',
    hook: (request: Request, reply: Reply, error: Error, done: () => void) => void,
  ): void
}

/**
 * Names the route of each Fastify request on its HTTP span, and records errors there; makes no span of its own. `onFailed`
 * is told of each error that failed a request, in the context where it happened.
 *
 * Fastify announces each instance on a diagnostics channel, so nothing is patched. Returns what stops it for
 * instances that are made later.
 */
export function observeFastify(onFailed: (error: unknown) => void): () => void {
  return observe('fastify.initialization', message => {
    const { fastify } = message as { fastify: Fastify }
    fastify.addHook('onRequest', (request, _reply, done) => {
      const server = getRPCMetadata(context.active())
      const route = request.routeOptions?.url
      if (server !== undefined && route !== undefined) server.route = route
      done()
    })
    fastify.addHook('onError', (_request, reply, error, done) => {
      const active = context.active()
      const span = getRPCMetadata(active)?.span ?? trace.getActiveSpan()
      if (span !== undefined) {
        recordFailure(span, reply.raw, error, () =>
          context.with(active, onFailed, undefined, error),
        )
      }
      done()
    })
  })
}

/**
 * Records `error` on the span of its request and calls `onFailed`, unless the answer turns out to be below 500: then it is
 * the caller's error, not ours. Which it is nobody knows before the application's own error handler has run.
 */
function recordFailure(
  span: Span,
  response: ServerResponse,
  error: Error,
  onFailed: () => void,
): void {
  const happenedAt = Date.now()
  // Before the listener that ends the span.
  response.prependOnceListener('close', () => {
    if (response.statusCode < 500) return
    span.recordException(error, happenedAt)
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
    onFailed()
  })
}
