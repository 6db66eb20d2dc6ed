import { createContextKey, trace, type Context, type TextMapPropagator } from '@opentelemetry/api'
import { TraceState, W3CTraceContextPropagator } from '@opentelemetry/core'
import { HEADER_THROUGHLINE_INTERNAL, TRACESTATE_KEY_THROUGHLINE } from '@throughline/conventions'
import type { IncomingRequests } from '../requests/incoming-requests.ts'
import type { OutgoingTrust } from './outgoing-trust.ts'
import type { PageSignature } from './page-signature.ts'
import { dropPassedOn } from './passed-on-headers.ts'

/** What a propagator asks. */
export interface PropagatorOptions {
  readonly incoming: Pick<IncomingRequests, 'parentOf'>
  readonly outgoing: Pick<OutgoingTrust, 'take'>
  /** Proves to services of ours that it is one of us who calls. */
  readonly secret: string | undefined
  readonly pageSignature: PageSignature
  /** Whether what is injected into is written into a page. */
  readonly isPageCarrier: (carrier: unknown) => boolean
  /** Whether a framework may let in requests that were not seen to arrive, and so asks for what was extracted from. */
  readonly keepCarriers: boolean
}

const CARRIER = createContextKey('throughline.carrier')

/** What the trace of `context` was extracted from, where that was kept. */
export const carrierOf = (context: Context): unknown => context.getValue(CARRIER)

/**
 * Passes traces on by W3C Trace Context, to whom and from whom we decide.
 *
 * Of a request that arrives it gives what was decided then. Whatever else it extracts from comes from a queue of our own,
 * or from a framework that hands on a request. Baggage is neither read nor written.
 */
export function createPropagator({
  incoming,
  outgoing,
  secret,
  pageSignature,
  isPageCarrier,
  keepCarriers,
}: PropagatorOptions): TextMapPropagator {
  const w3c = new W3CTraceContextPropagator()
  return {
    fields: () => w3c.fields(),
    inject(context, carrier, setter) {
      if (isPageCarrier(carrier)) return w3c.inject(sign(context, pageSignature), carrier, setter)
      const told = outgoing.take()
      if (told === 'nothing') return
      if (told !== undefined) dropPassedOn(carrier)
      w3c.inject(context, carrier, setter)
      if (told === 'service' && secret !== undefined)
        setter.set(carrier, HEADER_THROUGHLINE_INTERNAL, secret)
    },
    extract(context, carrier, getter) {
      const known = incoming.parentOf(carrier)
      if (known !== undefined) return known
      const extracted = w3c.extract(context, carrier, getter)
      return keepCarriers ? extracted.setValue(CARRIER, carrier) : extracted
    },
  }
}

/** What a page is told: its trace with our signature, and nothing of what other systems keep in its state. */
function sign(context: Context, pageSignature: PageSignature): Context {
  const span = trace.getSpanContext(context)
  if (span === undefined) return context
  const traceState = new TraceState().set(TRACESTATE_KEY_THROUGHLINE, pageSignature.sign(span))
  return trace.setSpanContext(context, { ...span, traceState })
}
