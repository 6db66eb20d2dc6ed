import { context, createContextKey, trace, type Context, type Span } from '@opentelemetry/api'
import { getRPCMetadata } from '@opentelemetry/core'
import type { Owner, Resolver } from '@throughline/catalog'
import { ATTR_TEAM, ATTR_THROUGHLINE_AUDIENCE } from '@throughline/conventions'
import type { ServedRequests } from '../requests/served-requests.ts'
import type { Jobs } from './jobs.ts'
import type { SentryEvent } from './sentry-parts.ts'

/** The request that an error happened in, as a framework knows it. */
export interface FailedRequest {
  readonly method: string
  /** Template of the route, or the path where none matched. */
  readonly route: string
}

/** What an error is told with. */
interface Place {
  /** `METHOD /route` of a request, `process queue` of a job. */
  readonly transaction: string | undefined
  readonly team: string | undefined
  readonly audience: Owner['audience']
}

/** What tells where an error happened. */
export interface PlacesOptions {
  readonly service: string
  readonly resolver: Resolver
  readonly requests: ServedRequests
  readonly jobs: Jobs
}

/** Tells where the work of the active context belongs. */
export interface Places {
  /** The request or job that the work of `active` belongs to, as an object that is its own. */
  readonly unitOf: (active: Context) => object | undefined
  /** Runs `work` as a part of a request that a framework knows better. */
  within(request: FailedRequest, work: () => void): void
  /** Writes on an event the span in which it happens, and whose it is. */
  readonly describe: (event: SentryEvent) => void
}

const REQUEST = createContextKey('throughline.errors.request')

/** Makes {@link Places}. */
export function createPlaces({ service, resolver, requests, jobs }: PlacesOptions): Places {
  const placeOfRequest = ({ method, route }: FailedRequest): Place => ({
    transaction: `${method} ${route}`,
    ...ownedBy(resolver.route(service, method, route)),
  })
  const place = (active: Context): Place => {
    const served = requests.active()
    const told = active.getValue(REQUEST) as FailedRequest | undefined
    const route = getRPCMetadata(active)?.route
    const method = served?.method ?? told?.method
    if (method !== undefined) {
      return placeOfRequest({ method, route: route ?? told?.route ?? served?.path ?? '' })
    }
    const { queue } = jobs.find(active) ?? {}
    if (queue !== undefined) {
      return { transaction: `process ${queue}`, ...ownedBy(resolver.queue(service, queue)) }
    }
    const { team } = resolver.role(service, 'productionFix')
    return { transaction: undefined, team, audience: undefined }
  }

  return {
    unitOf: active => getRPCMetadata(active)?.span ?? jobs.find(active)?.span,
    within: (request, work) => context.with(context.active().setValue(REQUEST, request), work),
    describe(event) {
      const active = context.active()
      const { transaction, team, audience } = place(active)
      const span = trace.getSpan(active) ?? getRPCMetadata(active)?.span
      if (span !== undefined) event.contexts = { ...event.contexts, trace: idsOf(span) }
      // Sentry's own trace, which is none of ours.
      event.sdkProcessingMetadata = {
        ...event.sdkProcessingMetadata,
        dynamicSamplingContext: undefined,
      }
      if (transaction !== undefined) event.transaction = transaction
      event.tags = {
        ...event.tags,
        ...(team === undefined ? {} : { [ATTR_TEAM]: team }),
        ...(audience === undefined ? {} : { [ATTR_THROUGHLINE_AUDIENCE]: audience }),
      }
    },
  }
}

const ownedBy = ({ team, audience }: Owner): Pick<Place, 'team' | 'audience'> => ({
  team,
  audience,
})

function idsOf(span: Span): Record<string, string> {
  const { traceId, spanId } = span.spanContext()
  return { trace_id: traceId, span_id: spanId }
}
