import { ROOT_CONTEXT, SpanKind, type Attributes } from '@opentelemetry/api'
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources'
import {
  SamplingDecision,
  type ReadableSpan,
  type Sampler,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace'
import type { Resolver } from '@throughline/catalog'
import {
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_TELEMETRY_SDK_LANGUAGE,
  ATTR_TELEMETRY_SDK_NAME,
} from '@throughline/conventions'
import type { Metrics } from './metrics/instruments.ts'
import type { DeriveTraceId } from './trust/derived-trace.ts'
import type { PageSignature } from './trust/page-signature.ts'

/** What becomes of that which browsers report. For the packages of frameworks. */
export interface BrowserIntake {
  readonly service: string
  readonly resolver: Resolver
  readonly metrics: Metrics
  readonly pageSignature: PageSignature
  readonly deriveTraceId: DeriveTraceId
  /** The service as its pages are it: without the process and the machine. */
  readonly resource: Resource
  /** Says that the request that is being served here is a report; gives the network that it comes from. */
  readonly claimRequest: () => string | undefined
  /** Whether a trace that begins in a browser is sampled. */
  readonly samples: (traceId: string) => boolean
  /** Sends a span that ended in a browser, if it is sampled. */
  readonly send: (span: ReadableSpan) => void
}

/** What a {@link BrowserIntake} is made of. */
export interface BrowserIntakeOptions extends Pick<
  BrowserIntake,
  | 'service'
  | 'resolver'
  | 'metrics'
  | 'pageSignature'
  | 'deriveTraceId'
  | 'resource'
  | 'claimRequest'
> {
  readonly sampler: Sampler
  /** Where spans that end in this process go, too. */
  readonly processors: readonly SpanProcessor[]
}

/** Makes a {@link BrowserIntake} whose spans go the way of all others. */
export function createBrowserIntake({
  sampler,
  processors,
  resource,
  ...options
}: BrowserIntakeOptions): BrowserIntake {
  return {
    ...options,
    resource: describeBrowser(resource.attributes),
    samples(traceId) {
      const { decision } = sampler.shouldSample(
        ROOT_CONTEXT,
        traceId,
        '',
        SpanKind.INTERNAL,
        {},
        [],
      )
      return decision === SamplingDecision.RECORD_AND_SAMPLED
    },
    send(span) {
      for (const processor of processors) processor.onEnd(span)
    },
  }
}

function describeBrowser(attributes: Attributes): Resource {
  const kept = Object.entries(attributes).filter(
    ([name]) => !/^(process|host|os|telemetry)\./.test(name) && name !== ATTR_SERVICE_INSTANCE_ID,
  )
  return resourceFromAttributes({
    ...Object.fromEntries(kept),
    [ATTR_TELEMETRY_SDK_LANGUAGE]: 'webjs',
    [ATTR_TELEMETRY_SDK_NAME]: 'throughline',
  })
}
