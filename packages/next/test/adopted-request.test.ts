import { metrics, ROOT_CONTEXT, SpanKind, type Span } from '@opentelemetry/api'
import { TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { adoptRequest, type AdoptedRequest } from '../src/adopted-request.ts'

/** A request that has been adopted, with what has become of its span. */
interface Adopted {
  readonly request: AdoptedRequest
  readonly span: Span
  readonly ended: ReadableSpan[]
}

function adopt(): Adopted {
  const ended: ReadableSpan[] = []
  const provider = new TracerProvider({
    spanProcessors: [
      {
        onStart: () => undefined,
        onEnd: span => void ended.push(span),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  })
  const span = provider.getTracer('next.js').startSpan('GET', { kind: SpanKind.SERVER })
  const given = { 'http.method': 'GET', 'http.target': '/item/7?page=2' }
  return { request: adoptRequest(ROOT_CONTEXT, span, given, () => undefined), span, ended }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => {
  vi.useRealTimers()
  metrics.disable()
})

test('a request of one pass ends with it, named by its route and with the attributes of an HTTP server span', () => {
  const { request, span, ended } = adopt()
  request.route = '/item/[id]'
  span.setAttribute('http.status_code', 200)
  span.end()
  expect(ended).toMatchObject([
    {
      name: 'GET /item/[id]',
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/item/[id]',
        'http.response.status_code': 200,
        'url.path': '/item/7',
      },
    },
  ])
})

test('a request that goes on after the proxy ends with its second pass, once', () => {
  const { request, span, ended } = adopt()
  span.setAttribute('next.bubble', true)
  span.end()
  request.resume()
  vi.advanceTimersByTime(60_000)
  expect(ended).toEqual([])
  request.route = '/item/[id]'
  span.end()
  expect(ended).toMatchObject([{ name: 'GET /item/[id]' }])
})

test('a request that the proxy has answered ends when no second pass comes, with the time of its answer', () => {
  const { span, ended } = adopt()
  span.setAttribute('next.bubble', true)
  const answeredAt = Math.ceil(Date.now() / 1000) + 5
  span.end(answeredAt * 1000)
  expect(ended).toEqual([])
  vi.advanceTimersByTime(1_000)
  expect(ended).toMatchObject([{ name: 'GET', endTime: [answeredAt, 0] }])
})

test('each request is measured once', () => {
  const record = vi.fn<(seconds: number, attributes: object) => void>()
  metrics.setGlobalMeterProvider({
    getMeter: () => ({ createHistogram: () => ({ record }) }) as never,
  })
  const { request, span } = adopt()
  span.setAttribute('next.bubble', true)
  span.end()
  request.resume()
  span.end()
  expect(record).toHaveBeenCalledOnce()
  expect(record.mock.lastCall?.[1]).toEqual({ 'http.request.method': 'GET' })
})
