import { SpanKind, SpanStatusCode, type Attributes, type SpanContext } from '@opentelemetry/api'
import { millisToHrTime } from '@opentelemetry/core'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import {
  ATTR_BROWSER_WEB_VITAL_NAME,
  ATTR_BROWSER_WEB_VITAL_VALUE,
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_THROUGHLINE_NEXT_KIND,
  ATTR_URL_PATH,
  HTTP_REQUEST_METHOD_VALUE_OTHER,
} from '@throughline/conventions'
import { knownMethod, writeOwner, type BrowserIntake } from '@throughline/node/runtime'
import {
  PAGE_LOAD_MARKS,
  type BrowserReport,
  type PageCall,
  type PageError,
  type PageVital,
} from '../client/report.ts'
import type { ReportClock } from './report-clock.ts'

/** What a call that the page itself gave up ends with. */
const GIVEN_UP = new Set(['AbortError', 'abort'])

/** Where the spans of a report go, and whose they are. */
export interface BrowserSpansOptions {
  readonly intake: Pick<BrowserIntake, 'resource' | 'resolver' | 'service'>
  /** The span of the page. */
  readonly page: SpanContext
  readonly clock: ReportClock
  readonly newSpanId: () => string
}

interface Draft {
  readonly name: string
  readonly kind?: SpanKind
  /** @default a new one, below the span of the page */
  readonly context?: SpanContext
  readonly parent?: SpanContext | undefined
  /** In milliseconds since the page began. */
  readonly t: number
  /** In milliseconds. @default 0 */
  readonly d?: number
  /** Of the page or call, whose owner it has. */
  readonly path: string
  readonly method?: string
  readonly attributes?: Attributes
  readonly events?: readonly (readonly [name: string, t: number, attributes?: Attributes])[]
  readonly error?: string | undefined
}

const SCOPE = { name: '@throughline/next/client' }

/** Makes the spans that a report tells of, as if they had ended here. */
export function makeBrowserSpans(
  { path, items }: BrowserReport,
  { intake, page, clock, newSpanId }: BrowserSpansOptions,
): ReadableSpan[] {
  const { resource, resolver, service } = intake
  const sibling = (spanId: string): SpanContext => ({ ...page, spanId })

  const finish = ({ context, parent = page, method = 'GET', ...draft }: Draft): ReadableSpan => {
    const { name, kind = SpanKind.INTERNAL, t, d = 0, events = [], error } = draft
    const spanContext = context ?? sibling(newSpanId())
    const at = (ms: number): [number, number] => millisToHrTime(clock(ms))
    const attributes: Attributes = {
      [ATTR_THROUGHLINE_NEXT_KIND]: 'browser',
      [ATTR_URL_PATH]: draft.path,
      ...draft.attributes,
    }
    writeOwner(resolver.route(service, method, draft.path), {
      setAttribute: (key, value) => (attributes[key] = value),
    })
    return {
      name,
      kind,
      spanContext: () => spanContext,
      ...(parent.spanId !== spanContext.spanId && { parentSpanContext: parent }),
      startTime: at(t),
      endTime: at(t + d),
      duration: millisToHrTime(d),
      ended: true,
      status:
        error === undefined
          ? { code: SpanStatusCode.UNSET }
          : { code: SpanStatusCode.ERROR, message: error },
      attributes,
      links: [],
      events: events.map(([event, ms, given = {}]) => ({
        name: event,
        time: at(ms),
        attributes: given,
        droppedAttributesCount: 0,
      })),
      resource,
      instrumentationScope: SCOPE,
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    }
  }

  const vitals = items.filter(item => item.kind === 'vital')
  const spans = items.flatMap(item => {
    switch (item.kind) {
      case 'load': {
        const { parent = page.spanId, d, marks } = item
        const events = PAGE_LOAD_MARKS.flatMap((mark, index) =>
          marks[index] ? [[mark, marks[index]] as const] : [],
        )
        const context = { context: page, parent: sibling(parent) }
        return [finish({ name: 'page load', ...context, t: 0, d, path, events })]
      }
      case 'resume':
        return [finish({ name: 'page resume', context: page, t: item.t, path })]
      case 'call':
        return [finish({ ...describeCall(item), context: sibling(item.id) })]
      case 'error':
        return [finish(describeError(item))]
      case 'vital':
        return []
    }
  })
  return vitals.length === 0 ? spans : [...spans, finish({ ...describeVitals(vitals), path })]
}

function describeCall({ method: given, path, t, d, status, error }: PageCall): Draft {
  const method = knownMethod(given)
  const type = error ?? (status !== undefined && status >= 400 ? String(status) : undefined)
  return {
    name: method === HTTP_REQUEST_METHOD_VALUE_OTHER ? 'HTTP' : method,
    kind: SpanKind.CLIENT,
    t,
    d,
    path,
    method,
    attributes: {
      [ATTR_HTTP_REQUEST_METHOD]: method,
      ...(method !== given && { [ATTR_HTTP_REQUEST_METHOD_ORIGINAL]: given }),
      ...(status !== undefined && { [ATTR_HTTP_RESPONSE_STATUS_CODE]: status }),
      ...(type !== undefined && { [ATTR_ERROR_TYPE]: type }),
    },
    error: type === undefined || GIVEN_UP.has(type) ? undefined : type,
  }
}

function describeError({ t, path, type, message, stack }: PageError): Draft {
  const exception: Attributes = {
    [ATTR_EXCEPTION_TYPE]: type,
    [ATTR_EXCEPTION_MESSAGE]: message,
    ...(stack !== undefined && { [ATTR_EXCEPTION_STACKTRACE]: stack }),
  }
  return {
    name: 'unhandled error',
    t,
    path,
    attributes: { [ATTR_ERROR_TYPE]: type },
    events: [['exception', t, exception]],
    error: message,
  }
}

const describeVitals = (vitals: readonly PageVital[]): Omit<Draft, 'path'> => ({
  name: 'web vitals',
  t: Math.max(...vitals.map(({ t }) => t)),
  events: vitals.map(({ t, name, value }) => [
    'browser.web_vital',
    t,
    { [ATTR_BROWSER_WEB_VITAL_NAME]: name, [ATTR_BROWSER_WEB_VITAL_VALUE]: value },
  ]),
})
