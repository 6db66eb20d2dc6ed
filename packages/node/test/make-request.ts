import { INVALID_SPAN_CONTEXT, trace } from '@opentelemetry/api'
import type { Owner } from '@throughline/catalog'
import type { FinishedRequest } from '../src/requests/request.ts'

/** Owner of a route for `audience`. */
export const ownerFor = (audience: Owner['audience']): Owner => ({
  team: 'shop',
  audience,
  work: 'request',
  unowned: undefined,
  decidedBy: undefined,
})

/** A request that was answered 200 to nobody in particular. */
export function makeRequest(given: Partial<FinishedRequest> = {}): FinishedRequest {
  return {
    method: 'GET',
    path: '/items/7',
    route: '/items/:id',
    span: trace.wrapSpanContext(INVALID_SPAN_CONTEXT),
    caller: 'stranger',
    credential: 'none',
    actor: 'anonymous',
    readSource: () => '192.0.2.1',
    id: 'request-1',
    restarted: undefined,
    status: 200,
    durationMs: 3,
    owner: ownerFor(undefined),
    answerHeader: () => undefined,
    ...given,
  }
}
