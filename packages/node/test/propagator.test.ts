import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  trace,
  type Context,
} from '@opentelemetry/api'
import { TraceState } from '@opentelemetry/core'
import { expect, test } from 'vitest'
import type { Told } from '../src/trust/outgoing-trust.ts'
import { createPageSignature } from '../src/trust/page-signature.ts'
import { carrierOf, createPropagator } from '../src/trust/propagator.ts'

const SPAN = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  traceFlags: 1,
  traceState: new TraceState('their=1'),
}
const ACTIVE = trace.setSpanContext(ROOT_CONTEXT, SPAN)
const HEADERS = { traceparent: `00-${SPAN.traceId}-${SPAN.spanId}-01`, tracestate: 'their=1' }

const pageSignature = createPageSignature([])

function propagatorThatTells(
  told: Told | undefined,
  { known, keepCarriers = false }: { known?: Map<unknown, Context>; keepCarriers?: boolean } = {},
): ReturnType<typeof createPropagator> {
  return createPropagator({
    incoming: { parentOf: carrier => known?.get(carrier) },
    outgoing: { take: () => told },
    secret: 'the-secret-of-the-house',
    pageSignature,
    isPageCarrier: Array.isArray,
    keepCarriers,
  })
}

function inject(
  told: Told | undefined,
  headers: Record<string, string> = {},
): Record<string, string> {
  propagatorThatTells(told).inject(ACTIVE, headers, defaultTextMapSetter)
  return headers
}

test('who is told what', () => {
  expect(inject('service')).toEqual({
    ...HEADERS,
    'throughline-internal': 'the-secret-of-the-house',
  })
  expect(inject('trace')).toEqual(HEADERS)
  expect(inject('nothing')).toEqual({})
  // A queue, or a framework that hands on a request.
  expect(inject(undefined)).toEqual(HEADERS)
})

test('headers that are passed on give way to ours, in any spelling, and are left where nothing is told', () => {
  const passedOn = { Traceparent: 'theirs', TRACESTATE: 'theirs=2', baggage: 'a=1' }
  expect(inject('trace', { ...passedOn })).toEqual({ ...HEADERS, baggage: 'a=1' })
  expect(inject('nothing', { ...passedOn })).toEqual(passedOn)
})

test('a page is told its trace with our signature, and nothing of other systems', () => {
  const entries: { key: string; value: string }[] = []
  propagatorThatTells(undefined).inject(ACTIVE, entries, {
    set: (carrier, key, value) => void carrier.push({ key, value }),
  })
  expect(entries).toEqual([
    { key: 'traceparent', value: HEADERS.traceparent },
    { key: 'tracestate', value: expect.stringMatching(/^throughline=[\w.-]+$/) as string },
  ])
  const [, value = ''] = (entries[1]?.value ?? '').split('=')
  expect(pageSignature.check(value, SPAN)).toBe('valid')
  const none: unknown[] = []
  propagatorThatTells(undefined).inject(ROOT_CONTEXT, none, { set: () => void none.push(0) })
  expect(none).toEqual([])
})

test('of a request that has arrived it gives what was decided, whatever its headers say', () => {
  const known = new Map([[HEADERS, ROOT_CONTEXT]])
  const propagator = propagatorThatTells(undefined, { known })
  expect(propagator.extract(ACTIVE, HEADERS, defaultTextMapGetter)).toBe(ROOT_CONTEXT)
  const job = propagator.extract(ROOT_CONTEXT, { ...HEADERS }, defaultTextMapGetter)
  expect(trace.getSpanContext(job)).toMatchObject({ traceId: SPAN.traceId, isRemote: true })
  expect(carrierOf(job)).toBeUndefined()
})

test('what was extracted from is kept where a framework asks for it', () => {
  const propagator = propagatorThatTells(undefined, { keepCarriers: true })
  const headers = {}
  expect(carrierOf(propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter))).toBe(headers)
})
