import {
  context,
  createTraceState,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { expect, test } from 'vitest'
import { redactResource } from '../src/redaction/redact-resource.ts'
import { redactSpan } from '../src/redaction/redact-span.ts'
import { createRedactor } from '../src/redaction/redactor.ts'

const redactor = createRedactor({ keys: [], patterns: [], allow: [] })
const PARENT = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  traceFlags: 1,
  traceState: createTraceState('throughline=Xk3vQ9zLm2RtY7wBp4NcHd8s'),
}
const SECRETS = [
  'name-jo@',
  'name-query',
  'attribute-jo@',
  'attribute-query',
  'literal-jo',
  'event-jo@',
  'message-jo@',
  'stack-jo@',
  'link-jo@',
  'status-jo@',
  'list-jo@',
  'cookie-jo',
  'Xk3vQ9zLm2RtY7wBp4NcHd8s',
  'resource-jo',
  'argument-jo',
  'key-jo@',
]

function createSpans(): ReadableSpan[] {
  const ended: ReadableSpan[] = []
  const resource = resourceFromAttributes({
    'service.name': 'api',
    'process.command_args': ['node', '--token', 'argument-jo'],
    'process.command_line': 'node --password resource-jo',
  })
  const provider = new TracerProvider({
    resource: redactResource(resource, redactor),
    spanProcessors: [
      {
        onStart: () => undefined,
        onEnd: span => void ended.push(span),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  })
  const tracer = provider.getTracer('test')
  const parent = trace.setSpanContext(ROOT_CONTEXT, PARENT)
  tracer
    .startSpan('GET /v1/invoices/:id', {
      attributes: { 'url.path': '/v1/invoices/7', 'server.port': 80 },
    })
    .end()
  const span = tracer.startSpan(
    'GET /a?name-query to name-jo@example.com',
    {
      kind: SpanKind.CLIENT,
      attributes: {
        'url.full': 'https://api.example.com/attribute-jo@example.com?attribute-query',
        'db.query.text': "SELECT 'literal-jo'",
        'http.request.header.cookie': ['cookie-jo'],
        'key-jo@example.com': 1,
        list: ['list-jo@example.com'],
        kept: 'the rest',
      },
      links: [{ context: PARENT, attributes: { mail: 'link-jo@example.com' } }],
    },
    parent,
  )
  const error = new Error('message-jo@example.com')
  error.stack = 'Error: stack-jo@example.com\n    at f (/app/kept.js:1:2)'
  span.recordException(error)
  span.addEvent('event-jo@example.com', { mail: 'event-jo@example.com' })
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'status-jo@example.com' })
  context.with(parent, () => span.end())
  return ended
}

const serialize = (spans: ReadableSpan[], json: boolean): string =>
  Buffer.from(
    (json ? JsonTraceSerializer : ProtobufTraceSerializer).serializeRequest(spans) ?? [],
  ).toString('latin1')

test.for([
  ['JSON', true],
  ['protobuf', false],
] as const)('no secret of a span is in its bytes in %s, and the rest is', ([, json]) => {
  const spans = createSpans()
  const before = serialize(spans, json)
  for (const secret of SECRETS.filter(name => !/resource|argument/.test(name)))
    expect(before).toContain(secret)
  const after = serialize(
    spans.map(span => redactSpan(span, redactor)),
    json,
  )
  for (const secret of SECRETS) expect(after).not.toContain(secret)
  for (const kept of [
    'GET /a?[redacted:query]',
    'SELECT ?',
    'the rest',
    '/app/kept.js:1:2',
    '/v1/invoices/7',
    'node',
  ]) {
    expect(after).toContain(kept)
  }
})

test('a span that holds nothing is passed on as it is', () => {
  const [span] = createSpans()
  expect(redactSpan(span as ReadableSpan, redactor)).toBe(span)
})

test('a span that is redacted keeps all else', () => {
  const span = createSpans()[1] as ReadableSpan
  const redacted = redactSpan(span, redactor)
  const { traceId, spanId, traceFlags } = span.spanContext()
  expect(redacted.spanContext()).toEqual({ traceId, spanId, traceFlags })
  expect(redacted.status.code).toBe(SpanStatusCode.ERROR)
  for (const field of [
    'kind',
    'startTime',
    'endTime',
    'duration',
    'ended',
    'resource',
    'instrumentationScope',
    'droppedAttributesCount',
    'droppedEventsCount',
    'droppedLinksCount',
    'parentSpanContext',
  ] as const) {
    expect(redacted[field]).toBe(span[field])
  }
  expect(redacted.events.map(({ time }) => time)).toEqual(span.events.map(({ time }) => time))
})
