// One trace as each place gives it: a plan is changed, payments is told no trace and answers 502, and so does web.

export const TRACE_ID = '5b8efff798038103d269b633813fc60c'
export const SERVER_ID = 'eee19b7ec3c1b174'
export const CALL_ID = 'eee19b7ec3c1b175'
const ORIGIN_TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const ORIGIN_SPAN_ID = 'b7ad6b7169203331'

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64')

/** How a place writes what OTLP/JSON says in one way. */
interface Dialect {
  readonly id: (hex: string) => string
  readonly kind: (number: number, name: string) => number | string
  readonly failed: number | string
}

const OTLP: Dialect = { id: hex => hex, kind: number => number, failed: 2 }

/** As protobuf maps to JSON. */
const PROTOBUF: Dialect = {
  id: base64,
  kind: (_, name) => `SPAN_KIND_${name}`,
  failed: 'STATUS_CODE_ERROR',
}

function writeSpans({ id, kind, failed }: Dialect): object[] {
  return [
    {
      resource: {
        attributes: [
          { key: 'service.name', value: { stringValue: 'web' } },
          { key: 'process.pid', value: { intValue: '4242' } },
        ],
      },
      scopeSpans: [
        {
          scope: { name: '@opentelemetry/instrumentation-http', version: '0.301.0' },
          spans: [
            {
              traceId: id(TRACE_ID),
              spanId: id(SERVER_ID),
              name: 'POST /api/billing/plan',
              kind: kind(2, 'SERVER'),
              startTimeUnixNano: '1795947342094000000',
              endTimeUnixNano: '1795947343304000000',
              attributes: [
                { key: 'http.request.method', value: { stringValue: 'POST' } },
                { key: 'http.route', value: { stringValue: '/api/billing/plan' } },
                { key: 'http.response.status_code', value: { intValue: '502' } },
                { key: 'team', value: { stringValue: 'billing' } },
              ],
              status: { code: failed },
              links: [{ traceId: id(ORIGIN_TRACE_ID), spanId: id(ORIGIN_SPAN_ID) }],
            },
            {
              traceId: id(TRACE_ID),
              spanId: id(CALL_ID),
              parentSpanId: id(SERVER_ID),
              name: 'POST',
              kind: kind(3, 'CLIENT'),
              startTimeUnixNano: '1795947342100000000',
              endTimeUnixNano: '1795947343280000000',
              attributes: [
                { key: 'http.request.method', value: { stringValue: 'POST' } },
                { key: 'server.address', value: { stringValue: 'payments.example.com' } },
                { key: 'throughline.propagation', value: { stringValue: 'withheld' } },
                { key: 'http.response.status_code', value: { intValue: '502' } },
              ],
              events: [
                {
                  timeUnixNano: '1795947343279000000',
                  name: 'retry',
                  attributes: [{ key: 'attempt', value: { intValue: '2' } }],
                },
              ],
              status: { code: failed, message: 'Bad Gateway' },
            },
          ],
        },
      ],
    },
  ]
}

/** A line of the log within the trace. */
const LOGS = [
  {
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'web' } }] },
    scopeLogs: [
      {
        scope: { name: 'pino' },
        logRecords: [
          {
            timeUnixNano: '1795947343290000000',
            severityNumber: 17,
            severityText: 'ERROR',
            body: { stringValue: 'plan change failed' },
            traceId: TRACE_ID,
            spanId: SERVER_ID,
          },
        ],
      },
    ],
  },
]

const string = (key: string, value: string): object => ({ key, type: 'string', value })
const integer = (key: string, value: number): object => ({ key, type: 'int64', value })
const own = { traceID: TRACE_ID }
const scope = [
  string('otel.scope.name', '@opentelemetry/instrumentation-http'),
  string('otel.scope.version', '0.301.0'),
  string('internal.span.format', 'otlp'),
]

/** What Jaeger's page asks for. */
const JAEGER_SPANS = [
  {
    ...own,
    spanID: SERVER_ID,
    flags: 1,
    operationName: 'POST /api/billing/plan',
    references: [{ refType: 'FOLLOWS_FROM', traceID: ORIGIN_TRACE_ID, spanID: ORIGIN_SPAN_ID }],
    startTime: 1_795_947_342_094_000,
    duration: 1_210_000,
    tags: [
      string('http.request.method', 'POST'),
      string('http.route', '/api/billing/plan'),
      integer('http.response.status_code', 502),
      string('team', 'billing'),
      string('span.kind', 'server'),
      string('otel.status_code', 'ERROR'),
      { key: 'error', type: 'bool', value: true },
      ...scope,
    ],
    logs: [],
    processID: 'p1',
    warnings: null,
  },
  {
    ...own,
    spanID: CALL_ID,
    flags: 1,
    operationName: 'POST',
    references: [{ refType: 'CHILD_OF', ...own, spanID: SERVER_ID }],
    startTime: 1_795_947_342_100_000,
    duration: 1_180_000,
    tags: [
      string('http.request.method', 'POST'),
      string('server.address', 'payments.example.com'),
      string('throughline.propagation', 'withheld'),
      integer('http.response.status_code', 502),
      string('span.kind', 'client'),
      string('otel.status_code', 'ERROR'),
      string('otel.status_description', 'Bad Gateway'),
      { key: 'error', type: 'bool', value: true },
      ...scope,
    ],
    logs: [
      {
        timestamp: 1_795_947_343_279_000,
        fields: [string('event', 'retry'), integer('attempt', 2)],
      },
    ],
    processID: 'p1',
    warnings: null,
  },
]

/** The trace by the format that it is in. */
export const PAYLOADS = {
  'OTLP/JSON': { resourceSpans: writeSpans(OTLP) },
  'OTLP/JSON with logs': { resourceSpans: writeSpans(OTLP), resourceLogs: LOGS },
  'Tempo, API v2': { trace: { resourceSpans: writeSpans(PROTOBUF) }, metrics: {} },
  'Tempo, API v2, ids in hex': { trace: { resourceSpans: writeSpans(OTLP) } },
  'Tempo, older API': { batches: writeSpans(PROTOBUF) },
  'Jaeger, API v3': { result: { resourceSpans: writeSpans(OTLP) } },
  'Jaeger, its page': {
    data: [
      {
        traceID: TRACE_ID,
        spans: JAEGER_SPANS,
        processes: { p1: { serviceName: 'web', tags: [integer('process.pid', 4242)] } },
        warnings: null,
      },
    ],
    total: 0,
    limit: 0,
    offset: 0,
    errors: null,
  },
} as const
