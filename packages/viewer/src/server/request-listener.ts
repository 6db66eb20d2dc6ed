import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Guard } from './guards.ts'
import { sendRefusal, type Refusal } from './refusal.ts'
import { setSecurityHeaders } from './security-headers.ts'
import { parseTarget, type Target } from './target.ts'

/** What answers the requests that a viewer gets. */
export interface Handlers {
  readonly takeOtlp: RequestListener
  readonly api: (request: IncomingMessage, response: ServerResponse, target: Target) => void
  readonly page: (request: IncomingMessage, response: ServerResponse, target: Target) => void
}

/** OTLP at `/v1/`, the API at `/api/`, and the page everywhere else; nothing before the guard has looked at it. */
export function createRequestListener(guard: Guard, handlers: Handlers): RequestListener {
  return (request, response) => {
    setSecurityHeaders(response)
    try {
      const refusal = handle(request, response, guard, handlers)
      if (refusal !== undefined) sendRefusal(request, response, refusal)
    } catch (error) {
      sendRefusal(request, response, {
        status: 500,
        error: error instanceof Error ? error.message : String(error),
        fix: 'Ask again; if it stays, restart the viewer.',
      })
    }
  }
}

function handle(
  request: IncomingMessage,
  response: ServerResponse,
  guard: Guard,
  { takeOtlp, api, page }: Handlers,
): Refusal | undefined {
  const target = parseTarget(request.url)
  if (target === undefined) return NO_TARGET
  const refusal = guard(request, target)
  if (refusal !== undefined) return refusal
  if (target.path.startsWith('/v1/')) takeOtlp(request, response)
  else if (target.path.startsWith('/api/')) api(request, response, target)
  else page(request, response, target)
  return undefined
}

const NO_TARGET: Refusal = {
  status: 400,
  error: 'The address of the request is not a path of this server.',
  fix: 'Ask for a path that begins with one slash.',
}
