import { context, SpanStatusCode, trace } from '@opentelemetry/api'
import { getRPCMetadata } from '@opentelemetry/core'
import { observe } from './channel.ts'

// The parts of Fastify that are used, so that Fastify itself is not needed to compile or to run this.
interface Request {
  readonly routeOptions?: { readonly url?: string }
}
type Thrown = Error & { readonly statusCode?: number }
interface Fastify {
  addHook(
    name: 'onRequest',
    hook: (request: Request, reply: unknown, done: () => void) => void,
  ): void
  addHook(
    name: 'onError',
    hook: (request: Request, reply: unknown, error: Thrown, done: () => void) => void,
  ): void
}

/**
 * Names the route of each Fastify request on its HTTP span, and records errors there; makes no span of its own.
 *
 * Fastify announces each instance on a diagnostics channel, so nothing is patched. Returns what stops it for
 * instances that are made later.
 */
export function observeFastify(): () => void {
  return observe('fastify.initialization', message => {
    const { fastify } = message as { fastify: Fastify }
    fastify.addHook('onRequest', (request, _reply, done) => {
      const server = getRPCMetadata(context.active())
      const route = request.routeOptions?.url
      if (server !== undefined && route !== undefined) server.route = route
      done()
    })
    fastify.addHook('onError', (_request, _reply, error, done) => {
      // Fastify has not set the reply's status yet; an error that asks for a 4xx is the caller's, not ours.
      if ((error.statusCode ?? 500) >= 500) {
        const span = getRPCMetadata(context.active())?.span ?? trace.getActiveSpan()
        span?.recordException(error)
        span?.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
      }
      done()
    })
  })
}
