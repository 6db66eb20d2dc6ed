/** Team that answers for this hop: the key Datadog, New Relic, Sentry tags and Alertmanager routing already use. */
export const ATTR_TEAM = 'team'

/** Whom the route serves: `browser`, `partner`, `internal`, `admin` or `public`. One route has one audience. */
export const ATTR_THROUGHLINE_AUDIENCE = 'throughline.audience'

/** Shape of the work the route or queue does: `request`, `export`, `job` or `stream`. */
export const ATTR_THROUGHLINE_WORK = 'throughline.work'

/** Set when no line of the catalog lists the route: `by-design` (said so) or `unlisted` (nobody wrote it down). */
export const ATTR_THROUGHLINE_OWNER_UNOWNED = 'throughline.owner.unowned'

/** Value of {@link ATTR_THROUGHLINE_OWNER_UNOWNED}: the catalog says that no team lists this route on purpose. */
export const THROUGHLINE_OWNER_UNOWNED_VALUE_BY_DESIGN = 'by-design'

/** Value of {@link ATTR_THROUGHLINE_OWNER_UNOWNED}: no line of the catalog matches. */
export const THROUGHLINE_OWNER_UNOWNED_VALUE_UNLISTED = 'unlisted'

/** Kind of the one who asked: `user`, `partner`, `internal`, `job` or `anonymous`; by the credentials of the request, unless the application says better. */
export const ATTR_THROUGHLINE_ACTOR = 'throughline.actor'

/** Set when the credentials of a request do not fit the audience of its route: which kind they are, `session` or `api-key`; on an internal route also `either` or `none`. */
export const ATTR_THROUGHLINE_AUDIENCE_MISMATCH = 'throughline.audience.mismatch'

/** What became of the trace headers of an outgoing call, where they were not sent: `withheld`. */
export const ATTR_THROUGHLINE_PROPAGATION = 'throughline.propagation'

/** Value of {@link ATTR_THROUGHLINE_PROPAGATION}: the host is neither a service of the catalog nor allowed, so it was told no trace. */
export const THROUGHLINE_PROPAGATION_VALUE_WITHHELD = 'withheld'

/** Set when the trace of the caller was not continued, and only linked: why, `untrusted`, `invalid-signature` or `expired-signature`. */
export const ATTR_THROUGHLINE_TRACE_RESTARTED = 'throughline.trace.restarted'

/** Value of {@link ATTR_THROUGHLINE_TRACE_RESTARTED}: the caller did not prove that it is one of ours. */
export const THROUGHLINE_TRACE_RESTARTED_VALUE_UNTRUSTED = 'untrusted'

/** Value of {@link ATTR_THROUGHLINE_TRACE_RESTARTED}: the caller holds a signature that none of our pages was given for this trace. */
export const THROUGHLINE_TRACE_RESTARTED_VALUE_INVALID_SIGNATURE = 'invalid-signature'

/** Value of {@link ATTR_THROUGHLINE_TRACE_RESTARTED}: the page that the caller comes from was rendered too long ago. */
export const THROUGHLINE_TRACE_RESTARTED_VALUE_EXPIRED_SIGNATURE = 'expired-signature'

/** Identifier of a request, as in its log line. */
export const ATTR_THROUGHLINE_REQUEST_ID = 'throughline.request.id'

/** How long a request took, in milliseconds, on its log record. */
export const ATTR_THROUGHLINE_REQUEST_DURATION_MS = 'throughline.request.duration_ms'

/** What Next.js did for the span: `page`, `handler`, `action`, `proxy`, `metadata` or `framework`; `prefetch` on a request that nobody waits for, `browser` for what the browser did. */
export const ATTR_THROUGHLINE_NEXT_KIND = 'throughline.next.kind'

/** Name of the server action that ran, as its author wrote it. */
export const ATTR_THROUGHLINE_SERVER_ACTION_NAME = 'throughline.server_action.name'

/** Route template the request matched, never the path: `/invoices/[id]`, `/v1/invoices/:id`. */
export const ATTR_HTTP_ROUTE = 'http.route'

/** Value of {@link ATTR_HTTP_ROUTE} in metrics for a path that no route matches. */
export const HTTP_ROUTE_VALUE_UNMATCHED = 'unmatched'

/** Request method, in upper case; an unknown one is `_OTHER`. */
export const ATTR_HTTP_REQUEST_METHOD = 'http.request.method'

/** Value of {@link ATTR_HTTP_REQUEST_METHOD} for a method that HTTP does not define. */
export const HTTP_REQUEST_METHOD_VALUE_OTHER = '_OTHER'

/** Request method as the caller sent it, where it differs from {@link ATTR_HTTP_REQUEST_METHOD}. */
export const ATTR_HTTP_REQUEST_METHOD_ORIGINAL = 'http.request.method_original'

/** Status code of the response. */
export const ATTR_HTTP_RESPONSE_STATUS_CODE = 'http.response.status_code'

/** Host that is called, or that was called: a name or an address, without its port. */
export const ATTR_SERVER_ADDRESS = 'server.address'

/** Port of {@link ATTR_SERVER_ADDRESS}. */
export const ATTR_SERVER_PORT = 'server.port'

/** Database product, for example `postgresql`. */
export const ATTR_DB_SYSTEM_NAME = 'db.system.name'

/** Name of the database, fully qualified within its server. */
export const ATTR_DB_NAMESPACE = 'db.namespace'

/** Query as the application wrote it; values that are passed as parameters are not in it. */
export const ATTR_DB_QUERY_TEXT = 'db.query.text'

/** Operation, for example `SELECT`. */
export const ATTR_DB_OPERATION_NAME = 'db.operation.name'

/** Collection the operation acts on, for example a table. */
export const ATTR_DB_COLLECTION_NAME = 'db.collection.name'

/** Pool of connections, by what it connects to: `host:port/database`. */
export const ATTR_DB_CLIENT_CONNECTION_POOL_NAME = 'db.client.connection.pool.name'

/** State of a connection in its pool: `idle` or `used`. */
export const ATTR_DB_CLIENT_CONNECTION_STATE = 'db.client.connection.state'

/** Queue product, for example `pg-boss`. */
export const ATTR_MESSAGING_SYSTEM = 'messaging.system'

/** Queue or topic. */
export const ATTR_MESSAGING_DESTINATION_NAME = 'messaging.destination.name'

/** Kind of operation: `send`, `receive`, `process`, `settle` or `create`. */
export const ATTR_MESSAGING_OPERATION_TYPE = 'messaging.operation.type'

/** Operation as the queue product calls it. */
export const ATTR_MESSAGING_OPERATION_NAME = 'messaging.operation.name'

/** Identifier of the message or job. */
export const ATTR_MESSAGING_MESSAGE_ID = 'messaging.message.id'

/** Class of the error: an exception's name, a status code, or `_OTHER`. */
export const ATTR_ERROR_TYPE = 'error.type'

/** Value of {@link ATTR_ERROR_TYPE} for an error that has no code or name of its own. */
export const ERROR_TYPE_VALUE_OTHER = '_OTHER'

/** Name of the service, equal to its key under `services` in the catalog. */
export const ATTR_SERVICE_NAME = 'service.name'

/** Version of the service that runs. */
export const ATTR_SERVICE_VERSION = 'service.version'

/** System that the service belongs to. Never a team: it is part of the service's identity. */
export const ATTR_SERVICE_NAMESPACE = 'service.namespace'

/** Identifier of this process among the instances of the service. */
export const ATTR_SERVICE_INSTANCE_ID = 'service.instance.id'

/** Name of the machine. */
export const ATTR_HOST_NAME = 'host.name'

/** Architecture of the machine's processor, for example `amd64` or `arm64`. */
export const ATTR_HOST_ARCH = 'host.arch'

/** Class of the exception. */
export const ATTR_EXCEPTION_TYPE = 'exception.type'

/** Message of the exception. */
export const ATTR_EXCEPTION_MESSAGE = 'exception.message'

/** Stack trace of the exception. */
export const ATTR_EXCEPTION_STACKTRACE = 'exception.stacktrace'

/** Path of the request, without its query. */
export const ATTR_URL_PATH = 'url.path'

/** Query of the request, without `?`. */
export const ATTR_URL_QUERY = 'url.query'

/** Address of an outgoing call. */
export const ATTR_URL_FULL = 'url.full'

/** Scheme of the request: `http` or `https`. */
export const ATTR_URL_SCHEME = 'url.scheme'

/** Kind of garbage collection: `major`, `minor`, `incremental` or `weakcb`. */
export const ATTR_V8JS_GC_TYPE = 'v8js.gc.type'

/** Space of the V8 heap, for example `old_space`. */
export const ATTR_V8JS_HEAP_SPACE_NAME = 'v8js.heap.space.name'

/** Which web vital was measured: `ttfb`, `fcp`, `lcp`, `inp` or `cls`. */
export const ATTR_BROWSER_WEB_VITAL_NAME = 'browser.web_vital.name'

/** What was measured of a web vital: milliseconds, and of `cls` a ratio. */
export const ATTR_BROWSER_WEB_VITAL_VALUE = 'browser.web_vital.value'

/** What made the telemetry of a resource. */
export const ATTR_TELEMETRY_SDK_NAME = 'telemetry.sdk.name'

/** Where the telemetry of a resource was made: `nodejs`, or `webjs` in a browser. */
export const ATTR_TELEMETRY_SDK_LANGUAGE = 'telemetry.sdk.language'
