import http from 'node:http'
import https from 'node:https'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createPackageFinder } from '../instrumentations/application-packages.ts'
import { SHUTDOWN_DEADLINE_MS } from '../telemetry.ts'
import type { SentryClient, SentryModule } from './sentry-parts.ts'

const NODE = '@sentry/node'
const NEXTJS = '@sentry/nextjs'

/**
 * Integrations of Sentry that look at errors and nothing else. What is left out traces, sends headers along, keeps what
 * came with requests, or drops one of two errors that look alike.
 */
const KEPT_INTEGRATIONS = new Set([
  'Context',
  'ContextLines',
  'EventFilters',
  'FunctionToString',
  'LinkedErrors',
  'Modules',
  'NodeSystemError',
  'OnUncaughtException',
  'WorkerThreads',
])

/** Nothing of users, requests and what they made the application do. */
const NOTHING_COLLECTED = {
  userInfo: false,
  cookies: false,
  httpHeaders: false,
  httpBodies: [],
  urlQueryParams: false,
  graphQL: { document: false, variables: false },
  genAI: { inputs: false, outputs: false },
  mcp: { inputs: false, outputs: false },
  databaseQueryData: false,
  queues: false,
  stackFrameVariables: false,
}

/** Sentry as we started it. */
export interface OwnSentry {
  readonly client: SentryClient
  /** Sends what is on its way and ends it, as if it had never been started. */
  close(deadlineMs: number): Promise<void>
}

/**
 * Loads Sentry as the application in `folder` would, synchronously; undefined when it has none.
 *
 * Where it has `@sentry/nextjs`, it is the `@sentry/node` of that: only copies of one version know of each other.
 */
export function loadSentry(folder: string): SentryModule | undefined {
  const has = createPackageFinder(folder)
  const here = createRequire(join(folder, 'package.json'))
  if (has(NEXTJS)) {
    return createRequire(here.resolve(`${NEXTJS}/package.json`))(NODE) as SentryModule
  }
  return has(NODE) ? (here(NODE) as SentryModule) : undefined
}

/**
 * Starts Sentry for errors alone. DSN, release and environment are what the `SENTRY_*` variables say; undefined when Sentry
 * does not start here, as in some worker threads.
 */
export function initSentry({
  init,
  makeNodeTransport,
  openTelemetryIntegration,
}: SentryModule): OwnSentry | undefined {
  const before = new Set(process.listeners('uncaughtException'))
  const client = init({
    enableOpenTelemetrySetup: false,
    enableRuntimeChannelInjection: false,
    tracePropagationTargets: [],
    sendDefaultPii: false,
    dataCollection: NOTHING_COLLECTED,
    transport: (options: TransportOptions) =>
      makeNodeTransport({ ...options, httpModule: impatient(options.url) }),
    transportOptions: { bufferSize: MAX_EVENTS_ON_THEIR_WAY },
    // An uncaught exception ends the process after this. Then the last spans have as long again.
    shutdownTimeout: SHUTDOWN_DEADLINE_MS / 2,
    integrations: (defaults: readonly { readonly name: string }[]) => [
      ...defaults.filter(({ name }) => KEPT_INTEGRATIONS.has(name)),
      openTelemetryIntegration?.(),
    ],
  })
  if (client === undefined) return undefined
  const added = process.listeners('uncaughtException').filter(listener => !before.has(listener))
  // An application that starts Sentry itself takes over from this client, and Sentry has nothing to say to that.
  Object.defineProperty(client, Symbol.for('SentryClosedClient'), { value: true })
  return {
    client,
    async close(deadlineMs) {
      for (const listener of added) process.off('uncaughtException', listener)
      await client.close(deadlineMs)
    },
  }
}

/** Events beyond this many at once are dropped; Sentry's own limit is 64, which is less than a busy server has users. */
const MAX_EVENTS_ON_THEIR_WAY = 1000

interface TransportOptions {
  readonly url: string
}

/** After this long without a word from Sentry an event is given up, in milliseconds. */
const ANSWER_TIMEOUT_MS = 10_000

type Request = (
  options: http.RequestOptions,
  onAnswer: (answer: http.IncomingMessage) => void,
) => http.ClientRequest

/** `http` or `https` for Sentry's calls: they keep no process alive that has nothing else to do, and none waits for ever. */
function impatient(url: string): { readonly request: Request } {
  const { request } = url.startsWith('https:') ? https : http
  return {
    request(options, onAnswer) {
      const call = request(options, onAnswer)
      call.setTimeout(
        ANSWER_TIMEOUT_MS,
        () => void call.destroy(new Error('Sentry did not answer')),
      )
      return call.on('socket', socket => void socket.unref())
    },
  }
}
