import {
  metrics,
  trace,
  type Attributes,
  type Context,
  type Span,
  type TimeInput,
} from '@opentelemetry/api'
import { getRPCMetadata, RPCType, type RPCMetadata } from '@opentelemetry/core'
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_URL_PATH,
  METRIC_HTTP_SERVER_REQUEST_DURATION,
} from '@throughline/conventions'
import { currentMode } from './mode.ts'

/** Instrument that the HTTP instrumentation measures with, too. */
const { otelName: DURATION = '' } = METRIC_HTTP_SERVER_REQUEST_DURATION

/**
 * How long to wait for the pass that follows the one of the proxy file. It comes at once, or the proxy has answered; in
 * development it comes when the page is compiled.
 */
const NEXT_PASS_MS = { development: 30_000, production: 1_000 } as const

/** How a request ended. */
export interface AdoptedEnding {
  /** Undefined when Next.js did not say. */
  readonly status: number | undefined
  readonly durationMs: number
}

/** A request whose server span is the one that Next.js began for it. */
export interface AdoptedRequest extends RPCMetadata {
  /** Says that another pass of Next.js goes on with the request, so that its span ends with that one. */
  resume(): void
}

/**
 * Makes `span`, which Next.js began for a request, its server span, with the name, attributes and measurement that the
 * HTTP instrumentation gives to its own. `onEnd` is called just before it ends.
 *
 * Behind a proxy file Next.js ends its span with the first pass, and begins another for the second. The span is held
 * until then.
 */
export function adoptRequest(
  active: Context,
  span: Span,
  given: Attributes,
  onEnd: (ending: AdoptedEnding) => void,
): AdoptedRequest {
  const method = String(given['http.method'])
  const [path = ''] = String(given['http.target']).split('?')
  span.setAttributes({ [ATTR_HTTP_REQUEST_METHOD]: method, [ATTR_URL_PATH]: path })

  const told = overhear(span)
  const end = span.end.bind(span)
  const startedAt = performance.now()
  let passes = 1
  let held: NodeJS.Timeout | undefined
  const request: AdoptedRequest = {
    type: RPCType.HTTP,
    span,
    resume() {
      passes += 1
      clearTimeout(held)
    },
  }
  const finish = (seconds: number, time: TimeInput | undefined): void => {
    const { 'http.status_code': status } = told
    const measured = {
      [ATTR_HTTP_REQUEST_METHOD]: method,
      ...(status === undefined ? {} : { [ATTR_HTTP_RESPONSE_STATUS_CODE]: status }),
      ...(request.route === undefined ? {} : { [ATTR_HTTP_ROUTE]: request.route }),
    }
    span.setAttributes(measured)
    if (request.route !== undefined) span.updateName(`${method} ${request.route}`)
    const meter = metrics.getMeter('@throughline/next')
    meter.createHistogram(DURATION).record(seconds, measured, trace.setSpan(active, span))
    onEnd({
      status: status === undefined ? undefined : Number(status),
      durationMs: seconds * 1000,
    })
    end(time)
  }
  span.end = (time: TimeInput = Date.now()) => {
    const seconds = (performance.now() - startedAt) / 1000
    // What Next.js calls bubbling: the proxy file has run, and the request goes on.
    const goesOn = passes === 1 && told['next.bubble'] === true
    if (!goesOn) return finish(seconds, time)
    held = setTimeout(() => finish(seconds, time), NEXT_PASS_MS[currentMode()]).unref()
  }
  return request
}

/** The span of the request of `active`, when it is an adopted one: all that Next.js says of a later pass belongs there, too. */
export function adoptedSpan(active: Context): Span | undefined {
  const request = getRPCMetadata(active)
  return request !== undefined && 'resume' in request ? request.span : undefined
}

/** What `span` is told from now on. One that is not sampled keeps none of it. */
function overhear(span: Span): Attributes {
  const told: Attributes = {}
  const setAttribute = span.setAttribute.bind(span)
  const setAttributes = span.setAttributes.bind(span)
  span.setAttribute = (name, value) => {
    told[name] = value
    setAttribute(name, value)
    return span
  }
  span.setAttributes = attributes => {
    Object.assign(told, attributes)
    setAttributes(attributes)
    return span
  }
  return told
}
