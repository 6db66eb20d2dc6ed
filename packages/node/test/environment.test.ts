import { expect, test } from 'vitest'
import { readEnvironment } from '../src/environment.ts'

test('an empty environment gives the defaults and no warnings', () => {
  expect(readEnvironment({})).toEqual({
    disabled: false,
    service: undefined,
    resourceAttributes: {},
    exporter: 'otlp',
    protocol: 'http/protobuf',
    tracesUrl: 'http://localhost:4318/v1/traces',
    sampler: 'parentbased_always_on',
    samplerRatio: 1,
    batch: {},
    enabledInstrumentations: undefined,
    disabledInstrumentations: [],
    logLevel: undefined,
    catalog: undefined,
    metricsPort: 9464,
    metricsHost: '127.0.0.1',
    metricsMaxSeries: 2000,
    production: false,
    trust: { internalCidrs: [], internalSecrets: [], propagateTo: [], trustedProxies: [] },
    credentials: { sessionCookies: undefined, apiKeyHeaders: undefined },
    redaction: { keys: [], patterns: [], allow: [] },
    logs: {
      exporter: 'none',
      protocol: 'http/protobuf',
      url: 'http://localhost:4318/v1/logs',
      batch: { scheduledDelayMillis: 1_000 },
      requests: true,
      console: 'off',
    },
    sentry: false,
    warnings: [],
  })
})

test.for([
  [
    { OTEL_SERVICE_NAME: 'web', OTEL_RESOURCE_ATTRIBUTES: 'service.name=other' },
    { service: 'web' },
  ],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=other' }, { service: 'other' }],
  [
    { OTEL_RESOURCE_ATTRIBUTES: ' deployment.environment.name = prod , note=a%2Cb ,' },
    { resourceAttributes: { 'deployment.environment.name': 'prod', note: 'a,b' } },
  ],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, { protocol: 'http/json' }],
  [
    {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf',
    },
    { protocol: 'http/protobuf' },
  ],
  [
    { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' },
    { sampler: 'traceidratio', samplerRatio: 0.25 },
  ],
  [{ OTEL_SDK_DISABLED: 'TRUE' }, { disabled: true }],
  [{ OTEL_SDK_DISABLED: 'yes' }, { disabled: false }],
  [
    { OTEL_BSP_SCHEDULE_DELAY: '200', OTEL_BSP_MAX_QUEUE_SIZE: '10' },
    { batch: { scheduledDelayMillis: 200, maxQueueSize: 10 } },
  ],
  [{ THROUGHLINE_METRICS_PORT: 'off' }, { metricsPort: undefined }],
  [{ THROUGHLINE_METRICS_PORT: '0' }, { metricsPort: 0 }],
  [
    { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'pg, http' },
    { disabledInstrumentations: ['pg', 'http'] },
  ],
  [{ OTEL_SERVICE_NAME: '   ' }, { service: undefined }],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector:4318/otlp/' },
    { tracesUrl: 'https://collector:4318/otlp/v1/traces' },
  ],
  [
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://tempo/push',
    },
    { tracesUrl: 'http://tempo/push' },
  ],
] as const)('%o is read as %o', ([environment, expected]) => {
  const settings = readEnvironment(environment)
  expect(settings).toMatchObject(expected)
  expect(settings.warnings).toEqual([])
})

test('what is not understood becomes a warning that says what is done instead, all at once', () => {
  const settings = readEnvironment({
    OTEL_TRACES_SAMPLER: 'sometimes',
    OTEL_TRACES_SAMPLER_ARG: '1.5',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_BSP_MAX_QUEUE_SIZE: '0',
    OTEL_RESOURCE_ATTRIBUTES: 'good=1,bad,worse=%E0%A4%A',
    THROUGHLINE_METRICS_PORT: '99999',
  })
  expect(settings.warnings).toEqual([
    'OTEL_RESOURCE_ATTRIBUTES holds "bad", which is not key=value; it is left out',
    'OTEL_RESOURCE_ATTRIBUTES holds "worse=%E0%A4%A", which is not key=value; it is left out',
    'OTEL_EXPORTER_OTLP_PROTOCOL="grpc" is not one of http/protobuf, http/json; http/protobuf is used',
    expect.stringContaining('OTEL_TRACES_SAMPLER="sometimes" is not one of always_on, always_off'),
    'OTEL_TRACES_SAMPLER_ARG="1.5" is not a number from 0 to 1; the default is used',
    'OTEL_BSP_MAX_QUEUE_SIZE="0" is not a number from 1; the default is used',
    'THROUGHLINE_METRICS_PORT="99999" is not a number from 0 to 65535; the default is used',
  ])
  expect(settings).toMatchObject({ samplerRatio: 1, protocol: 'http/protobuf', metricsPort: 9464 })
})

test.for(['collector:4318', 'localhost', 'ftp://collector', 'http://', 'https://exa mple'])(
  'an address of a collector that is "%s" is said, and counts as not given',
  given => {
    const settings = readEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: given })
    expect(settings.tracesUrl).toBe('http://localhost:4318/v1/traces')
    expect(settings.warnings).toEqual([
      `OTEL_EXPORTER_OTLP_ENDPOINT="${given}" is not an http:// or https:// address; it is left out`,
    ])
  },
)

test('logs have their own endpoint, encoding and batches, and else those of all signals', () => {
  const { logs, protocol, tracesUrl } = readEnvironment({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/otlp/',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/protobuf',
    OTEL_BLRP_MAX_QUEUE_SIZE: '10',
    OTEL_BLRP_SCHEDULE_DELAY: '50',
  })
  expect([protocol, tracesUrl]).toEqual(['http/json', 'http://collector:4318/otlp/v1/traces'])
  expect(logs).toMatchObject({
    protocol: 'http/protobuf',
    url: 'http://collector:4318/otlp/v1/logs',
    batch: { maxQueueSize: 10, scheduledDelayMillis: 50 },
  })
  const own = readEnvironment({ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://logs:4318/in' })
  expect(own.logs.url).toBe('http://logs:4318/in')
})

test('a setting of all signals that is not understood is said once', () => {
  expect(readEnvironment({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }).warnings).toHaveLength(1)
})
