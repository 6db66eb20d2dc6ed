// The parts of Sentry that are used, in version 11, so that Sentry itself is not needed to compile or to run this.

/** What is told of an event, and by whom it was set. */
export interface SentryScope {
  clone(): SentryScope
  getClient(): SentryClient | undefined
  captureException(error: unknown, hint: object): string
}

/** How Sentry finds the scopes of the work that runs. */
export interface ScopeStrategy {
  getCurrentScope(): SentryScope
  getIsolationScope(): SentryScope
  withScope<T>(callback: (scope: SentryScope) => T): T
  withSetScope<T>(scope: SentryScope, callback: (scope: SentryScope) => T): T
  withIsolationScope<T>(callback: (isolationScope: SentryScope) => T): T
  withSetIsolationScope<T>(isolationScope: SentryScope, callback: (scope: SentryScope) => T): T
  readonly getTracingChannelBinding?: () => unknown
}

/** Ids of the span in which an event happens. */
interface SpanIds {
  readonly traceId: string
  readonly spanId: string
}

/** What all copies of one version of Sentry share in a process. */
export interface SentryCarrier {
  acs?: ScopeStrategy
  externalPropagationContextProvider?: () => SpanIds | undefined
  readonly defaultCurrentScope?: SentryScope
}

/** A call in the stack of an exception, with the lines of code around it. */
export interface SentryFrame {
  vars?: unknown
  pre_context?: unknown
  context_line?: unknown
  post_context?: unknown
}

/** An exception of an event. */
export interface SentryException {
  value?: unknown
  readonly mechanism?: { data?: object }
  readonly stacktrace?: { readonly frames?: readonly SentryFrame[] }
}

/** An event on its way to Sentry. */
export interface SentryEvent {
  readonly type?: string
  readonly exception?: { readonly values?: readonly SentryException[] }
  tags?: Record<string, unknown>
  transaction?: string
  contexts?: Record<string, Record<string, unknown> | undefined>
  breadcrumbs?: readonly { readonly category?: string }[]
  request?: { readonly url?: string; readonly method?: string }
  user?: Record<string, unknown>
  sdkProcessingMetadata?: Record<string, unknown>
}

/** A line of Sentry's own logger. */
export interface SentryLog {
  message: unknown
  attributes?: object
}

/** What is sent at once. */
export type SentryEnvelope = readonly [
  header: object,
  items: readonly (readonly [header: { readonly type: string }, payload: unknown])[],
]

/** Options of a client that matter beside OpenTelemetry. Sentry reads them at each use. */
export interface SentryOptions {
  enableOpenTelemetrySetup?: boolean
  propagateTraceparent?: boolean | undefined
  tracePropagationTargets?: unknown[]
  tracesSampleRate?: number | undefined
  tracesSampler?: unknown
}

/** Sends events. */
export interface SentryClient {
  getOptions(): SentryOptions
  getTransport(): { send(envelope: SentryEnvelope): PromiseLike<unknown> } | undefined
  /** `preprocessEvent` is emitted where an event happens, before anything else sees it; `beforeSendEvent` after everything has. */
  on(hook: 'preprocessEvent' | 'beforeSendEvent', listener: (event: SentryEvent) => void): unknown
  on(hook: 'beforeCaptureLog', listener: (log: SentryLog) => void): unknown
  flush(timeoutMs: number): PromiseLike<unknown>
  close(timeoutMs: number): PromiseLike<unknown>
}

interface SentryIntegration {
  readonly name: string
}

/** The exports of `@sentry/node`. */
export interface SentryModule {
  readonly SDK_VERSION: string
  readonly init: (options: object) => SentryClient | undefined
  readonly makeNodeTransport: (options: object) => unknown
  readonly openTelemetryIntegration?: () => SentryIntegration
}
