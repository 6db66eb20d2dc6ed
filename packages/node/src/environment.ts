import {
  ENV_OTEL_BLRP_EXPORT_TIMEOUT,
  ENV_OTEL_BLRP_MAX_EXPORT_BATCH_SIZE,
  ENV_OTEL_BLRP_MAX_QUEUE_SIZE,
  ENV_OTEL_BLRP_SCHEDULE_DELAY,
  ENV_OTEL_BSP_EXPORT_TIMEOUT,
  ENV_OTEL_BSP_MAX_EXPORT_BATCH_SIZE,
  ENV_OTEL_BSP_MAX_QUEUE_SIZE,
  ENV_OTEL_BSP_SCHEDULE_DELAY,
  ENV_OTEL_EXPORTER_OTLP_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_LOGS_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_LOGS_PROTOCOL,
  ENV_OTEL_EXPORTER_OTLP_PROTOCOL,
  ENV_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_TRACES_PROTOCOL,
  ENV_OTEL_LOG_LEVEL,
  ENV_OTEL_LOGS_EXPORTER,
  ENV_OTEL_NODE_DISABLED_INSTRUMENTATIONS,
  ENV_OTEL_NODE_ENABLED_INSTRUMENTATIONS,
  ENV_OTEL_RESOURCE_ATTRIBUTES,
  ENV_OTEL_SDK_DISABLED,
  ENV_OTEL_SERVICE_NAME,
  ENV_OTEL_TRACES_EXPORTER,
  ENV_OTEL_TRACES_SAMPLER,
  ENV_OTEL_TRACES_SAMPLER_ARG,
  ENV_SENTRY_DSN,
  ENV_THROUGHLINE_API_KEY_HEADERS,
  ENV_THROUGHLINE_CATALOG,
  ENV_THROUGHLINE_CONSOLE,
  ENV_THROUGHLINE_INTERNAL_CIDRS,
  ENV_THROUGHLINE_INTERNAL_SECRET,
  ENV_THROUGHLINE_METRICS_HOST,
  ENV_THROUGHLINE_METRICS_MAX_SERIES,
  ENV_THROUGHLINE_METRICS_PORT,
  ENV_THROUGHLINE_PROPAGATE_TO,
  ENV_THROUGHLINE_REDACT_ALLOW,
  ENV_THROUGHLINE_REDACT_KEYS,
  ENV_THROUGHLINE_REDACT_PATTERNS,
  ENV_THROUGHLINE_REQUEST_LOG,
  ENV_THROUGHLINE_SESSION_COOKIES,
  ENV_THROUGHLINE_TRUSTED_PROXIES,
} from '@throughline/conventions'

/** How spans are encoded on their way to the collector. */
export type Protocol = 'http/protobuf' | 'http/json'

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

/** Samplers by the names that `OTEL_TRACES_SAMPLER` takes. */
export type SamplerName = (typeof SAMPLERS)[number]

/** Batch limits; what is undefined takes OpenTelemetry's default. */
export interface BatchSettings {
  readonly scheduledDelayMillis?: number
  readonly exportTimeoutMillis?: number
  readonly maxQueueSize?: number
  readonly maxExportBatchSize?: number
}

/** Whose traces are continued, and who is told of ours. */
export interface TrustSettings {
  /** Networks of callers that are services of ours. */
  readonly internalCidrs: readonly string[]
  /** Secrets that prove a caller to be one of ours; the first is sent. */
  readonly internalSecrets: readonly string[]
  /** Hosts besides those of the catalog that trace headers are sent to. */
  readonly propagateTo: readonly string[]
  /** Networks of the proxies in front of this service. */
  readonly trustedProxies: readonly string[]
}

/** What tells the credentials of a request; what is undefined takes the default. */
export interface CredentialSettings {
  readonly sessionCookies: readonly string[] | undefined
  readonly apiKeyHeaders: readonly string[] | undefined
}

/** What redaction does besides its defaults. */
export interface RedactionSettings {
  readonly keys: readonly string[]
  readonly patterns: readonly string[]
  readonly allow: readonly string[]
}

/** What is logged, and where to. */
export interface LogSettings {
  readonly exporter: 'otlp' | 'none'
  readonly protocol: Protocol
  /** Whole address that logs are sent to. */
  readonly url: string
  readonly batch: BatchSettings
  readonly requests: boolean
  readonly console: 'json' | 'off'
}

/** All that the environment says, read once. Headers, timeout and compression are read by the exporter. */
export interface EnvironmentSettings {
  readonly disabled: boolean
  readonly service: string | undefined
  readonly resourceAttributes: Readonly<Record<string, string>>
  readonly exporter: 'otlp' | 'console' | 'none'
  readonly protocol: Protocol
  /** Whole address that traces are sent to. */
  readonly tracesUrl: string
  readonly sampler: SamplerName
  readonly samplerRatio: number
  readonly batch: BatchSettings
  readonly enabledInstrumentations: readonly string[] | undefined
  readonly disabledInstrumentations: readonly string[]
  readonly logLevel: string | undefined
  readonly catalog: string | undefined
  /** Port of `/metrics`, or undefined when it is not served. */
  readonly metricsPort: number | undefined
  readonly metricsHost: string
  readonly metricsMaxSeries: number
  /** Whether this is production, by `NODE_ENV`: outside of it loopback is trusted. */
  readonly production: boolean
  readonly trust: TrustSettings
  readonly credentials: CredentialSettings
  readonly redaction: RedactionSettings
  readonly logs: LogSettings
  /** Whether Sentry is to hold errors. */
  readonly sentry: boolean
  /** What was not understood, each with what is done instead. */
  readonly warnings: readonly string[]
}

/** Port of `/metrics` when nothing is said: OpenTelemetry's default for a Prometheus exporter. */
const DEFAULT_METRICS_PORT = 9464
const DEFAULT_METRICS_HOST = '127.0.0.1'
const DEFAULT_MAX_SERIES = 2000
const DEFAULT_COLLECTOR = 'http://localhost:4318'
/** OpenTelemetry's default. */
const DEFAULT_LOGS_DELAY_MS = 1_000

/**
 * Reads the `OTEL_*` and `THROUGHLINE_*` variables.
 *
 * Never throws: a value that is not understood becomes a warning and counts as unset, as OpenTelemetry's
 * specification of environment variables asks. Empty counts as unset.
 */
export function readEnvironment(environment: NodeJS.ProcessEnv): EnvironmentSettings {
  const warnings: string[] = []
  const text = (name: string): string | undefined => environment[name]?.trim() || undefined
  const refuse = (name: string, expected: string, instead: string): void => {
    const warning = `${name}=${JSON.stringify(text(name))} is not ${expected}; ${instead}`
    // What holds for traces and logs alike is read twice.
    if (!warnings.includes(warning)) warnings.push(warning)
  }
  const number = (name: string, min: number, max = Number.MAX_SAFE_INTEGER): number | undefined => {
    const given = text(name)
    if (given === undefined) return undefined
    const value = Number(given)
    if (Number.isFinite(value) && value >= min && value <= max) return value
    const range =
      max === Number.MAX_SAFE_INTEGER ? `a number from ${min}` : `a number from ${min} to ${max}`
    refuse(name, range, 'the default is used')
    return undefined
  }
  const choice = <T extends string>(name: string, known: readonly T[], fallback: T): T => {
    const given = text(name)
    if (given === undefined) return fallback
    const found = known.find(value => value === given.toLowerCase())
    if (found === undefined) refuse(name, `one of ${known.join(', ')}`, `${fallback} is used`)
    return found ?? fallback
  }
  /** The address in `name`. `collector:4318` parses as one, too: of the scheme "collector". */
  const address = (name: string): string | undefined => {
    const given = text(name)
    if (given === undefined || /^https?:$/.test(URL.parse(given)?.protocol ?? '')) return given
    refuse(name, 'an http:// or https:// address', 'it is left out')
    return undefined
  }
  const list = (name: string): string[] | undefined =>
    text(name)
      ?.split(',')
      .map(item => item.trim())
      .filter(item => item !== '')

  const resourceAttributes = parseResourceAttributes(
    text(ENV_OTEL_RESOURCE_ATTRIBUTES) ?? '',
    pair =>
      warnings.push(
        `${ENV_OTEL_RESOURCE_ATTRIBUTES} holds ${JSON.stringify(pair)}, which is not key=value; it is left out`,
      ),
  )
  const protocol = (name: string): Protocol =>
    choice(
      text(name) === undefined ? ENV_OTEL_EXPORTER_OTLP_PROTOCOL : name,
      ['http/protobuf', 'http/json'],
      'http/protobuf',
    )
  const collector = address(ENV_OTEL_EXPORTER_OTLP_ENDPOINT) ?? DEFAULT_COLLECTOR
  const addressOf = (name: string, path: string): string =>
    address(name) ?? `${collector.replace(/\/$/, '')}/${path}`
  const metricsOff = ['off', 'none', 'false'].includes(
    text(ENV_THROUGHLINE_METRICS_PORT)?.toLowerCase() ?? '',
  )

  return {
    disabled: text(ENV_OTEL_SDK_DISABLED)?.toLowerCase() === 'true',
    service: text(ENV_OTEL_SERVICE_NAME) ?? resourceAttributes['service.name'],
    resourceAttributes,
    exporter: choice(ENV_OTEL_TRACES_EXPORTER, ['otlp', 'console', 'none'], 'otlp'),
    protocol: protocol(ENV_OTEL_EXPORTER_OTLP_TRACES_PROTOCOL),
    tracesUrl: addressOf(ENV_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, 'v1/traces'),
    sampler: choice(ENV_OTEL_TRACES_SAMPLER, SAMPLERS, 'parentbased_always_on'),
    samplerRatio: number(ENV_OTEL_TRACES_SAMPLER_ARG, 0, 1) ?? 1,
    batch: definedOnly({
      scheduledDelayMillis: number(ENV_OTEL_BSP_SCHEDULE_DELAY, 0),
      exportTimeoutMillis: number(ENV_OTEL_BSP_EXPORT_TIMEOUT, 0),
      maxQueueSize: number(ENV_OTEL_BSP_MAX_QUEUE_SIZE, 1),
      maxExportBatchSize: number(ENV_OTEL_BSP_MAX_EXPORT_BATCH_SIZE, 1),
    }),
    enabledInstrumentations: list(ENV_OTEL_NODE_ENABLED_INSTRUMENTATIONS),
    disabledInstrumentations: list(ENV_OTEL_NODE_DISABLED_INSTRUMENTATIONS) ?? [],
    logLevel: text(ENV_OTEL_LOG_LEVEL),
    catalog: text(ENV_THROUGHLINE_CATALOG),
    metricsPort: metricsOff
      ? undefined
      : (number(ENV_THROUGHLINE_METRICS_PORT, 0, 65_535) ?? DEFAULT_METRICS_PORT),
    metricsHost: text(ENV_THROUGHLINE_METRICS_HOST) ?? DEFAULT_METRICS_HOST,
    metricsMaxSeries: number(ENV_THROUGHLINE_METRICS_MAX_SERIES, 1) ?? DEFAULT_MAX_SERIES,
    production: environment['NODE_ENV'] === 'production',
    trust: {
      internalCidrs: list(ENV_THROUGHLINE_INTERNAL_CIDRS) ?? [],
      internalSecrets: list(ENV_THROUGHLINE_INTERNAL_SECRET) ?? [],
      propagateTo: list(ENV_THROUGHLINE_PROPAGATE_TO) ?? [],
      trustedProxies: list(ENV_THROUGHLINE_TRUSTED_PROXIES) ?? [],
    },
    credentials: {
      sessionCookies: list(ENV_THROUGHLINE_SESSION_COOKIES),
      apiKeyHeaders: list(ENV_THROUGHLINE_API_KEY_HEADERS),
    },
    redaction: {
      keys: list(ENV_THROUGHLINE_REDACT_KEYS) ?? [],
      patterns: text(ENV_THROUGHLINE_REDACT_PATTERNS)?.split(/\s+/) ?? [],
      allow: list(ENV_THROUGHLINE_REDACT_ALLOW) ?? [],
    },
    logs: {
      exporter: choice(ENV_OTEL_LOGS_EXPORTER, ['otlp', 'none'], 'none'),
      protocol: protocol(ENV_OTEL_EXPORTER_OTLP_LOGS_PROTOCOL),
      url: addressOf(ENV_OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, 'v1/logs'),
      batch: definedOnly({
        scheduledDelayMillis: number(ENV_OTEL_BLRP_SCHEDULE_DELAY, 0) ?? DEFAULT_LOGS_DELAY_MS,
        exportTimeoutMillis: number(ENV_OTEL_BLRP_EXPORT_TIMEOUT, 0),
        maxQueueSize: number(ENV_OTEL_BLRP_MAX_QUEUE_SIZE, 1),
        maxExportBatchSize: number(ENV_OTEL_BLRP_MAX_EXPORT_BATCH_SIZE, 1),
      }),
      requests: choice(ENV_THROUGHLINE_REQUEST_LOG, ['on', 'off'], 'on') === 'on',
      console: choice(ENV_THROUGHLINE_CONSOLE, ['json', 'off'], 'off'),
    },
    sentry: text(ENV_SENTRY_DSN) !== undefined,
    warnings,
  }
}

/** Parses `key=value,key=value` with percent-encoded values. */
function parseResourceAttributes(
  given: string,
  onBad: (pair: string) => void,
): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const pair of given.split(',').filter(part => part.trim() !== '')) {
    const [, key, value] = /^\s*([^=\s]+)\s*=(.*)$/.exec(pair) ?? []
    const decoded = value === undefined ? undefined : decode(value.trim())
    if (key === undefined || decoded === undefined) onBad(pair)
    else attributes[key] = decoded
  }
  return attributes
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value)
  } catch {
    // A stray % is the author's mistake: the caller reports the pair.
    return undefined
  }
}

function definedOnly<T extends object>(values: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}
