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
 * Address of the collector; `/v1/traces` and `/v1/logs` are appended.
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
 * Longest that one attempt to send waits for the collector.
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
 * How long a batch that fails is tried again; one that fails after that is dropped and counted.
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

/**
 * Networks whose callers are services of ours, as `10.0.0.0/8,fd00::/8`: their traces are continued. It is the address of the connection that counts.
 * @default none; outside of production, loopback
 */
export const ENV_THROUGHLINE_INTERNAL_CIDRS = 'THROUGHLINE_INTERNAL_CIDRS'

/** Secret that services of one system share, at least 16 characters; several as `new,old`, of which the first is sent. Whoever sends it in `throughline-internal` is one of ours. */
export const ENV_THROUGHLINE_INTERNAL_SECRET = 'THROUGHLINE_INTERNAL_SECRET'

/**
 * Hosts besides those of the catalog that trace headers are sent to, as `*.internal.example.com,api:4000`.
 * @default none; outside of production, loopback
 */
export const ENV_THROUGHLINE_PROPAGATE_TO = 'THROUGHLINE_PROPAGATE_TO'

/**
 * Networks of the proxies in front of this service, as `10.0.0.0/8`: behind them the caller is who `x-forwarded-for` says. For counting failures by source only.
 * @default none
 */
export const ENV_THROUGHLINE_TRUSTED_PROXIES = 'THROUGHLINE_TRUSTED_PROXIES'

/**
 * Cookies that make a request a user's, as `session,sid`; `*` stands for anything.
 * @default names that sessions usually have
 */
export const ENV_THROUGHLINE_SESSION_COOKIES = 'THROUGHLINE_SESSION_COOKIES'

/**
 * Headers that make a request a partner's, as `x-api-key`; `authorization` where only partners send it.
 * @default x-api-key, api-key, apikey
 */
export const ENV_THROUGHLINE_API_KEY_HEADERS = 'THROUGHLINE_API_KEY_HEADERS'

/** Names of attributes, parameters and fields whose values never leave the process, besides those that are known, as `iban,birthday`. */
export const ENV_THROUGHLINE_REDACT_KEYS = 'THROUGHLINE_REDACT_KEYS'

/** Regular expressions whose matches never leave the process, separated by spaces. */
export const ENV_THROUGHLINE_REDACT_PATTERNS = 'THROUGHLINE_REDACT_PATTERNS'

/**
 * Rules of redaction that are switched off, by name, as `email,iban`; `throughline redact --rules` lists them.
 * @default none
 */
export const ENV_THROUGHLINE_REDACT_ALLOW = 'THROUGHLINE_REDACT_ALLOW'

/**
 * Whether each request writes one line of JSON to stdout: `on` or `off`.
 * @default on
 */
export const ENV_THROUGHLINE_REQUEST_LOG = 'THROUGHLINE_REQUEST_LOG'

/**
 * `json` writes what the application says by `console` as lines of JSON, with the ids of the active span.
 * @default off
 */
export const ENV_THROUGHLINE_CONSOLE = 'THROUGHLINE_CONSOLE'

/**
 * Where logs go besides stdout: `otlp` or `none`.
 * @default none
 */
export const ENV_OTEL_LOGS_EXPORTER = 'OTEL_LOGS_EXPORTER'

/** Whole address that logs are sent to, used as it is; wins over `OTEL_EXPORTER_OTLP_ENDPOINT`. */
export const ENV_OTEL_EXPORTER_OTLP_LOGS_ENDPOINT = 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT'

/** Headers sent with logs; wins over `OTEL_EXPORTER_OTLP_HEADERS`. */
export const ENV_OTEL_EXPORTER_OTLP_LOGS_HEADERS = 'OTEL_EXPORTER_OTLP_LOGS_HEADERS'

/** Encoding of logs; wins over `OTEL_EXPORTER_OTLP_PROTOCOL`. */
export const ENV_OTEL_EXPORTER_OTLP_LOGS_PROTOCOL = 'OTEL_EXPORTER_OTLP_LOGS_PROTOCOL'

/**
 * Longest wait before log records are sent.
 * @unit ms
 * @default 1000
 */
export const ENV_OTEL_BLRP_SCHEDULE_DELAY = 'OTEL_BLRP_SCHEDULE_DELAY'

/**
 * How long log records that cannot be sent are tried again.
 * @unit ms
 * @default 30000
 */
export const ENV_OTEL_BLRP_EXPORT_TIMEOUT = 'OTEL_BLRP_EXPORT_TIMEOUT'

/**
 * Most log records that wait to be sent; what is over it is dropped and counted.
 * @unit {record}
 * @default 2048
 */
export const ENV_OTEL_BLRP_MAX_QUEUE_SIZE = 'OTEL_BLRP_MAX_QUEUE_SIZE'

/**
 * Most log records sent at once.
 * @unit {record}
 * @default 512
 */
export const ENV_OTEL_BLRP_MAX_EXPORT_BATCH_SIZE = 'OTEL_BLRP_MAX_EXPORT_BATCH_SIZE'

/** Address of the Sentry project that errors go to; Sentry is not loaded without it. */
export const ENV_SENTRY_DSN = 'SENTRY_DSN'
