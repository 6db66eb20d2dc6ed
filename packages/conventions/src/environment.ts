/**
 * Path of `ownership.yaml`.
 * @default the nearest one from the main script upwards; for Next.js, from the working directory
 */
export const ENV_THROUGHLINE_CATALOG = 'THROUGHLINE_CATALOG'

/**
 * `1` lists on stderr, in order, the packages that start-up loads.
 * @default off
 */
export const ENV_THROUGHLINE_DEBUG = 'THROUGHLINE_DEBUG'

/**
 * Port that serves `/metrics`; `0` takes any free one, `off` serves none.
 * @default 9464
 */
export const ENV_THROUGHLINE_METRICS_PORT = 'THROUGHLINE_METRICS_PORT'

/**
 * Address that serves `/metrics`.
 * @default 127.0.0.1
 */
export const ENV_THROUGHLINE_METRICS_HOST = 'THROUGHLINE_METRICS_HOST'

/**
 * Most series one metric may have; what is over it is counted in one overflow series.
 * @unit {series}
 * @default 2000
 */
export const ENV_THROUGHLINE_METRICS_MAX_SERIES = 'THROUGHLINE_METRICS_MAX_SERIES'

/**
 * Name of the service; wins over `service.name` in `OTEL_RESOURCE_ATTRIBUTES`.
 * @default the nearest package.json's name
 */
export const ENV_OTEL_SERVICE_NAME = 'OTEL_SERVICE_NAME'

/** Attributes of the resource, as `key=value,key=value`, values percent-encoded. */
export const ENV_OTEL_RESOURCE_ATTRIBUTES = 'OTEL_RESOURCE_ATTRIBUTES'

/**
 * Address of the collector; `/v1/traces` is appended.
 * @default http://localhost:4318
 */
export const ENV_OTEL_EXPORTER_OTLP_ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT'

/** Whole address that traces are sent to, used as it is; wins over `OTEL_EXPORTER_OTLP_ENDPOINT`. */
export const ENV_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'

/** Headers sent to the collector, as `key=value,key=value`. */
export const ENV_OTEL_EXPORTER_OTLP_HEADERS = 'OTEL_EXPORTER_OTLP_HEADERS'

/** Headers sent with traces; wins over `OTEL_EXPORTER_OTLP_HEADERS`. */
export const ENV_OTEL_EXPORTER_OTLP_TRACES_HEADERS = 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'

/**
 * Encoding of what is sent: `http/protobuf` or `http/json`.
 * @default http/protobuf
 */
export const ENV_OTEL_EXPORTER_OTLP_PROTOCOL = 'OTEL_EXPORTER_OTLP_PROTOCOL'

/** Encoding of traces; wins over `OTEL_EXPORTER_OTLP_PROTOCOL`. */
export const ENV_OTEL_EXPORTER_OTLP_TRACES_PROTOCOL = 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'

/**
 * Longest wait for the collector to answer.
 * @unit ms
 * @default 10000
 */
export const ENV_OTEL_EXPORTER_OTLP_TIMEOUT = 'OTEL_EXPORTER_OTLP_TIMEOUT'

/**
 * Compression of what is sent: `gzip` or `none`.
 * @default none
 */
export const ENV_OTEL_EXPORTER_OTLP_COMPRESSION = 'OTEL_EXPORTER_OTLP_COMPRESSION'

/**
 * Which traces are kept: `always_on`, `always_off`, `traceidratio` or their `parentbased_` forms.
 * @default parentbased_always_on
 */
export const ENV_OTEL_TRACES_SAMPLER = 'OTEL_TRACES_SAMPLER'

/**
 * Share of traces kept by a ratio sampler, from 0 to 1.
 * @unit 1
 * @default 1
 */
export const ENV_OTEL_TRACES_SAMPLER_ARG = 'OTEL_TRACES_SAMPLER_ARG'

/**
 * `true` starts nothing.
 * @default false
 */
export const ENV_OTEL_SDK_DISABLED = 'OTEL_SDK_DISABLED'

/**
 * How much telemetry says about itself: `none`, `error`, `warn`, `info`, `debug`, `verbose` or `all`.
 * @default error
 */
export const ENV_OTEL_LOG_LEVEL = 'OTEL_LOG_LEVEL'

/**
 * Longest wait before finished spans are sent.
 * @unit ms
 * @default 5000
 */
export const ENV_OTEL_BSP_SCHEDULE_DELAY = 'OTEL_BSP_SCHEDULE_DELAY'

/**
 * Longest time that one export may take.
 * @unit ms
 * @default 30000
 */
export const ENV_OTEL_BSP_EXPORT_TIMEOUT = 'OTEL_BSP_EXPORT_TIMEOUT'

/**
 * Most finished spans that wait to be sent; what is over it is dropped and counted.
 * @unit {span}
 * @default 2048
 */
export const ENV_OTEL_BSP_MAX_QUEUE_SIZE = 'OTEL_BSP_MAX_QUEUE_SIZE'

/**
 * Most spans sent at once.
 * @unit {span}
 * @default 512
 */
export const ENV_OTEL_BSP_MAX_EXPORT_BATCH_SIZE = 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE'

/** The only instrumentations that may be loaded, as `http,pg`; loaded only if the application has their target. */
export const ENV_OTEL_NODE_ENABLED_INSTRUMENTATIONS = 'OTEL_NODE_ENABLED_INSTRUMENTATIONS'

/** Instrumentations that are never loaded, as `fs,dns`. */
export const ENV_OTEL_NODE_DISABLED_INSTRUMENTATIONS = 'OTEL_NODE_DISABLED_INSTRUMENTATIONS'

/**
 * Where spans go: `otlp`, `console` or `none`.
 * @default otlp
 */
export const ENV_OTEL_TRACES_EXPORTER = 'OTEL_TRACES_EXPORTER'
