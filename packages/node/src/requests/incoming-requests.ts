import { randomUUID } from 'node:crypto'
import { errorMonitor } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { context, type Attributes, type Context, type Span } from '@opentelemetry/api'
import { getRPCMetadata, type RPCMetadata } from '@opentelemetry/core'
import {
  ATTR_THROUGHLINE_TRACE_RESTARTED,
  HEADER_REQUEST_ID,
  HEADER_THROUGHLINE_INTERNAL,
} from '@throughline/conventions'
import type { Admission, Admit } from '../trust/admission.ts'
import type { ReadAddress } from './caller-address.ts'
import type { ReadCredential } from './credentials.ts'
import { knownMethod } from './known-method.ts'
import type { ServedRequests } from './served-requests.ts'

/** Longest id of a request that is taken from a caller. */
const MAX_ID_LENGTH = 128

/** What requests that come in are judged by. */
export interface IncomingRequestsOptions {
  readonly served: ServedRequests
  readonly admit: Admit
  readonly readCredential: ReadCredential
  readonly readAddress: ReadAddress
}

/** A request, as far as it says itself what it is. `url` is a path with its query. */
type Addressed = Pick<IncomingMessage, 'method' | 'url' | 'headers'> &
  Partial<Pick<IncomingMessage, 'rawHeaders'>>

/** A request that a framework tells of: it began before it could be seen, so that only its headers are known. */
export type UnseenRequest = Required<Pick<IncomingMessage, 'method' | 'url' | 'headers'>>

/** The way of a request from its arrival to its end, as the hooks of the HTTP instrumentation tell of it, in this order. */
export interface IncomingRequests {
  /** Lets a request in; gives attributes for its server span. */
  arrive(request: IncomingMessage): Attributes
  /**
   * Context that the server span of the request with these very headers starts in, and once it has begun, its own, for
   * frameworks that read the headers again; undefined of other headers.
   */
  parentOf(headers: unknown): Context | undefined
  /** Follows a request, whose server span is active and has just begun, to the end of its answer. */
  follow(span: Span, response: ServerResponse): void
  /** Lets an unseen request in. */
  adopt(request: UnseenRequest): Admission
  /** Begins an unseen request, whose server span is that of `metadata`; {@link ServedRequests.finish} ends it. */
  begin(metadata: RPCMetadata, request: UnseenRequest, admission: Admission): void
}

/** Joins what {@link Admit} decides with what {@link ServedRequests} remembers. */
export function createIncomingRequests({
  served,
  admit,
  readCredential,
  readAddress,
}: IncomingRequestsOptions): IncomingRequests {
  const arrivals = new WeakMap<object, Arrival>()
  const judge = (request: Addressed, peer: string | undefined): Admission => {
    const { headers } = request
    const admission = admit({
      method: knownMethod(request.method ?? 'GET'),
      path: pathOf(request),
      headers,
      peer,
    })
    if (headers[HEADER_THROUGHLINE_INTERNAL] !== undefined) hideSecret(request)
    return admission
  }
  const open = (
    metadata: RPCMetadata,
    request: Addressed,
    admission: Admission,
    peer: () => string | undefined,
  ): void => {
    const { caller, restarted, stranger } = admission
    const { span } = metadata
    if (stranger !== undefined) span.addLink({ context: stranger })
    served.open(metadata, {
      span,
      method: knownMethod(request.method ?? 'GET'),
      path: pathOf(request),
      caller,
      restarted,
      credential: readCredential(request.headers),
      readSource: () => readAddress(peer(), request.headers),
      id: idOf(request, admission),
    })
  }

  return {
    arrive(request) {
      // A request that is handed on to another server of this process was let in before.
      const { headers, socket } = request
      const { admission } = arrivals.get(headers) ?? {
        admission: judge(request, socket.remoteAddress),
      }
      arrivals.set(headers, { admission, context: admission.parent })
      const { restarted } = admission
      return restarted === undefined ? {} : { [ATTR_THROUGHLINE_TRACE_RESTARTED]: restarted }
    },
    parentOf: headers => arrivals.get(headers as object)?.context,
    follow(span, response) {
      const { req: request } = response
      const active = context.active()
      const metadata = getRPCMetadata(active)
      const arrival = arrivals.get(request.headers)
      if (metadata === undefined || arrival === undefined) return
      arrival.context = active
      const startedAt = performance.now()
      open(metadata, request, arrival.admission, () => request.socket.remoteAddress)
      const finish = (): void =>
        served.finish(span, {
          status: response.headersSent ? response.statusCode : undefined,
          durationMs: performance.now() - startedAt,
          answerHeader: name => sentHeader(response, name),
        })
      // Before the listeners of the HTTP instrumentation, which end the span; of these two the first counts.
      response.once(errorMonitor, finish)
      response.once('close', finish)
    },
    adopt: request => judge(request, undefined),
    begin: (metadata, request, admission) => open(metadata, request, admission, () => undefined),
  }
}

/** A request that has been let in. */
interface Arrival {
  readonly admission: Admission
  /** Where its server span starts, then where it is active. */
  context: Context
}

/** Takes away what proves a caller to be one of ours: an application could log it, or pass it on with all other headers. */
function hideSecret({ headers, rawHeaders = [] }: Addressed): void {
  delete headers[HEADER_THROUGHLINE_INTERNAL]
  // The place is kept, since Node counts on it.
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.toLowerCase() === HEADER_THROUGHLINE_INTERNAL) rawHeaders[at + 1] = ''
}

function pathOf({ url = '/' }: Addressed): string {
  // Servers have to take a whole address, too, as proxies are sent it.
  const from = url.startsWith('/') ? 0 : (/^https?:\/\/[^/?]*/i.exec(url)?.[0].length ?? 0)
  const query = url.indexOf('?')
  return url.slice(from, query === -1 ? undefined : query) || '/'
}

/** The id that a service of ours gave, so that one id follows a request through several of them; else a new one. */
function idOf({ headers }: Addressed, { caller }: Admission): string {
  const given = headers[HEADER_REQUEST_ID]
  const usable =
    caller === 'internal' &&
    typeof given === 'string' &&
    given.length <= MAX_ID_LENGTH &&
    /^[\w.=-]+$/.test(given)
  return usable ? given : randomUUID()
}

/** A header of an answer. `getHeader` knows none that was only given to `writeHead`, as Fastify gives all of its own. */
function sentHeader(response: ServerResponse, name: string): string | undefined {
  const { _header: sent } = response as { readonly _header?: string | null }
  const start = `\r\n${name}: `
  const at = sent?.toLowerCase().indexOf(start) ?? -1
  if (sent == null || at === -1) return undefined
  const from = at + start.length
  return sent.slice(from, sent.indexOf('\r\n', from))
}
