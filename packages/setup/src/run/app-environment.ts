import {
  ENV_OTEL_BLRP_SCHEDULE_DELAY,
  ENV_OTEL_BSP_SCHEDULE_DELAY,
  ENV_OTEL_EXPORTER_OTLP_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_HEADERS,
  ENV_OTEL_EXPORTER_OTLP_LOGS_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_LOGS_HEADERS,
  ENV_OTEL_EXPORTER_OTLP_LOGS_PROTOCOL,
  ENV_OTEL_EXPORTER_OTLP_PROTOCOL,
  ENV_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_TRACES_HEADERS,
  ENV_OTEL_EXPORTER_OTLP_TRACES_PROTOCOL,
  ENV_OTEL_LOGS_EXPORTER,
  ENV_OTEL_TRACES_SAMPLER,
  ENV_THROUGHLINE_DEBUG,
  ENV_THROUGHLINE_METRICS_PORT,
} from '@throughline/conventions'

/** What an application is told when it is started to be looked at. */
export interface RunSettings {
  /** Where its spans and logs go to. */
  readonly endpoint: string
  readonly port: number
  readonly metricsPort: number
}

/**
 * The environment of an application that is started to be looked at: that of its developer, but its spans come here, at once and all of
 * them, and its ports are free ones.
 *
 * What files of the application set would win where nothing is said, so an empty value stands for each thing that is unset.
 */
export function createAppEnvironment(
  base: NodeJS.ProcessEnv,
  { endpoint, port, metricsPort }: RunSettings,
): NodeJS.ProcessEnv {
  // What is in front of this very process, such as a debugger, is not the application's. Its own scripts set theirs.
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = base
  return {
    ...env,
    PORT: String(port),
    NO_PROXY: withLoopback(env['NO_PROXY'] ?? env['no_proxy']),
    no_proxy: withLoopback(env['no_proxy'] ?? env['NO_PROXY']),
    [ENV_OTEL_EXPORTER_OTLP_ENDPOINT]: endpoint,
    [ENV_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT]: `${endpoint}/v1/traces`,
    [ENV_OTEL_EXPORTER_OTLP_LOGS_ENDPOINT]: `${endpoint}/v1/logs`,
    [ENV_OTEL_EXPORTER_OTLP_PROTOCOL]: 'http/protobuf',
    [ENV_OTEL_EXPORTER_OTLP_TRACES_PROTOCOL]: '',
    [ENV_OTEL_EXPORTER_OTLP_LOGS_PROTOCOL]: '',
    [ENV_OTEL_EXPORTER_OTLP_HEADERS]: '',
    [ENV_OTEL_EXPORTER_OTLP_TRACES_HEADERS]: '',
    [ENV_OTEL_EXPORTER_OTLP_LOGS_HEADERS]: '',
    [ENV_OTEL_LOGS_EXPORTER]: 'otlp',
    [ENV_OTEL_TRACES_SAMPLER]: 'parentbased_always_on',
    [ENV_OTEL_BSP_SCHEDULE_DELAY]: '100',
    [ENV_OTEL_BLRP_SCHEDULE_DELAY]: '100',
    [ENV_THROUGHLINE_METRICS_PORT]: String(metricsPort),
    [ENV_THROUGHLINE_DEBUG]: '1',
  }
}

/** Nothing that stands here is to be asked through a proxy. */
const withLoopback = (list: string | undefined): string =>
  [list, 'localhost', '127.0.0.1', '[::1]'].filter(Boolean).join(',')
