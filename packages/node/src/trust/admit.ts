import {
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type SpanContext,
  type TraceState,
} from '@opentelemetry/api'
import { parseTraceParent, TraceState as ParsedTraceState } from '@opentelemetry/core'
import type { Audience, Resolver } from '@throughline/catalog'
import {
  HEADER_TRACEPARENT,
  HEADER_TRACESTATE,
  THROUGHLINE_TRACE_RESTARTED_VALUE_UNTRUSTED,
  TRACESTATE_KEY_THROUGHLINE,
} from '@throughline/conventions'
import type { Caller } from '../requests/request.ts'
import type { Admit, ArrivingRequest } from './admission.ts'
import type { Callers } from './callers.ts'
import type { PageSignature, SignatureVerdict } from './page-signature.ts'

/** What decides whose trace a request belongs to. */
export interface AdmitOptions {
  /** Name of this service in the catalog. */
  readonly service: string
  readonly resolver: Resolver
  readonly callers: Callers
  readonly pageSignature: PageSignature
}

/** Audiences whose callers are of the house; on all other routes, unlisted ones too, a stranger's trace ends. */
const HOUSE: ReadonlySet<Audience | undefined> = new Set(['internal', 'admin'] as const)

/** Makes an {@link Admit}: services and pages of ours are continued, and strangers where only the house is served. */
export function createAdmit({ service, resolver, callers, pageSignature }: AdmitOptions): Admit {
  return request => {
    const brought = readTrace(request)
    const verdict =
      brought?.signature === undefined
        ? undefined
        : pageSignature.check(brought.signature, brought.span)
    const caller = callerOf(callers, request, verdict)
    if (brought === undefined) return { caller, ...FRESH }
    const { span } = brought
    if (caller !== 'stranger' || servesHouse(resolver, service, request)) {
      return { ...FRESH, caller, parent: trace.setSpanContext(ROOT_CONTEXT, span) }
    }
    return {
      caller,
      restarted: verdict ?? THROUGHLINE_TRACE_RESTARTED_VALUE_UNTRUSTED,
      parent: ROOT_CONTEXT,
      stranger: withoutState(span),
    }
  }
}

const FRESH = { restarted: undefined, parent: ROOT_CONTEXT, stranger: undefined } as const

function callerOf(
  callers: Callers,
  request: ArrivingRequest,
  verdict: SignatureVerdict | undefined,
): Caller {
  if (callers.isInternal(request)) return 'internal'
  if (verdict === 'valid') return 'page'
  return callers.isNeighbour(request) ? 'neighbour' : 'stranger'
}

/** A path that a framework may read as another one, so that no line of the catalog is surely about it. */
const AMBIGUOUS = /(?:\/|%2f)(?:\.|%2e){1,2}(?:\/|%2f|$)|\\|%5c/i

const servesHouse = (
  resolver: Resolver,
  service: string,
  { method, path }: ArrivingRequest,
): boolean => HOUSE.has(resolver.route(service, method, path).audience) && !AMBIGUOUS.test(path)

/** The trace that a caller brings, as W3C Trace Context says, and the signature that it brings along. */
interface BroughtTrace {
  readonly span: SpanContext
  readonly signature: string | undefined
}

/** Undefined where there is none, or none that is valid: then a new trace begins, as the recommendation asks. */
function readTrace({ headers }: ArrivingRequest): BroughtTrace | undefined {
  const parent = headers[HEADER_TRACEPARENT]
  const parsed = typeof parent === 'string' ? parseTraceParent(parent) : null
  if (parsed === null) return undefined
  const { traceId, spanId } = parsed
  // Flags that the recommendation does not define yet are not passed on.
  const span = {
    traceId,
    spanId,
    traceFlags: parsed.traceFlags & TraceFlags.SAMPLED,
    isRemote: true,
  }
  const given = headers[HEADER_TRACESTATE]
  if (typeof given !== 'string' || given === '') return { span, signature: undefined }
  const state: TraceState = new ParsedTraceState(given)
  const rest = state.unset(TRACESTATE_KEY_THROUGHLINE)
  return {
    span: rest.serialize() === '' ? span : { ...span, traceState: rest },
    signature: state.get(TRACESTATE_KEY_THROUGHLINE),
  }
}

const withoutState = ({ traceId, spanId, traceFlags }: SpanContext): SpanContext => ({
  traceId,
  spanId,
  traceFlags,
  isRemote: true,
})
