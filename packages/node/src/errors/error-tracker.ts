import { context, diag, trace, type Tracer } from '@opentelemetry/api'
import type { Reporter } from '../diagnostics.ts'
import type { Redactor } from '../redaction/redactor.ts'
import { adoptClient } from './adopt-client.ts'
import { createPlaces, type FailedRequest, type PlacesOptions } from './error-place.ts'
import { createJobs } from './jobs.ts'
import { watchRejections } from './rejections.ts'
import { createReportedErrors } from './reported-errors.ts'
import { createScopeStrategy } from './scope-strategy.ts'
import { initSentry, loadSentry, type OwnSentry } from './sentry-package.ts'
import type { ScopeStrategy, SentryCarrier, SentryClient } from './sentry-parts.ts'

/** What each version of Sentry that is loaded shares between its copies, by version. */
type Carriers = Readonly<Record<string, SentryCarrier | string | undefined>>

/** The first version of Sentry that leaves tracing to others when told so. */
const OLDEST_VERSION = 11

/** Nobody has handled it. */
const MECHANISM = { handled: false, type: 'auto.throughline' }

/** How long a client that is replaced may take to send what it has, in milliseconds. */
const HAND_OVER_MS = 1000

/** What it takes to tell Sentry of errors. */
export interface ErrorTrackerOptions extends Omit<PlacesOptions, 'jobs'> {
  readonly redactor: Redactor
  /** Errors that a framework throws when nothing has failed. */
  readonly ignore: (error: unknown) => boolean
  readonly reporter: Reporter
}

/** Tells Sentry of the application's errors: the Sentry that was started here, or the application's own, or none. */
export interface ErrorTracker {
  /** Loads Sentry as the application in `folder` has it and starts it, unless it has been started. Never throws. */
  start(folder: string): void
  /** Looks for a Sentry that the application has started since. For each request and job, so next to free. */
  readonly look: () => void
  /**
   * Tells of an error that happened in the active context; of one that was told before nothing is heard again. `request` is
   * what a framework knows of the request, where its server span does not. Never throws.
   */
  readonly capture: (error: unknown, request?: FailedRequest) => void
  /** Makes `tracer` tell of the jobs that fail. */
  watchJobs(tracer: Tracer): Tracer
  /** Sends what is on its way. */
  flush(deadlineMs: number): Promise<unknown>
  /** Sends what is on its way and lets go of Sentry. */
  stop(deadlineMs: number): Promise<unknown>
}

/** A client of Sentry that holds errors for us. */
interface Adopted {
  readonly client: SentryClient
  readonly strategy: ScopeStrategy
  /** Gives Sentry its own way to find scopes back. */
  readonly release: () => void
}

/** Makes an {@link ErrorTracker}; loads nothing before it is started. */
export function createErrorTracker({
  redactor,
  ignore,
  reporter,
  ...placed
}: ErrorTrackerOptions): ErrorTracker {
  const jobs = createJobs(error => tracker.capture(error))
  const places = createPlaces({ ...placed, jobs })
  const reported = createReportedErrors()
  const adopted = new Map<SentryCarrier, Adopted>()
  let own: OwnSentry | undefined
  let stopRejections: () => void = () => undefined

  const adopt = (carrier: SentryCarrier, client: SentryClient, original: ScopeStrategy): void => {
    if (adopted.get(carrier)?.client !== client) {
      adoptClient(client, { describe: places.describe, redactor, reporter })
    }
    const strategy = createScopeStrategy(original, places.unitOf)
    carrier.acs = strategy
    carrier.externalPropagationContextProvider ??= activeSpanIds
    adopted.set(carrier, {
      client,
      strategy,
      release() {
        if (carrier.acs === strategy) carrier.acs = original
      },
    })
  }
  const handOver = (): void => {
    for (const [carrier, { client }] of adopted) if (client === own?.client) adopted.delete(carrier)
    stopRejections()
    void own?.close(HAND_OVER_MS)
    own = undefined
  }
  const find = (version: string, carrier: SentryCarrier): void => {
    const { acs } = carrier
    if (acs === undefined || acs === adopted.get(carrier)?.strategy) return
    const client = (carrier.defaultCurrentScope ?? acs.getCurrentScope()).getClient()
    if (client === undefined) return
    if (Number.parseInt(version, 10) < OLDEST_VERSION) return reportOld(version)
    if (own !== undefined && client !== own.client) handOver()
    adopt(carrier, client, acs)
  }
  const look = (): void => {
    const { __SENTRY__: carriers } = globalThis as { __SENTRY__?: Carriers }
    for (const version in carriers) {
      const carrier = carriers[version]
      if (typeof carrier !== 'object') continue
      try {
        find(version, carrier)
      } catch (error) {
        diag.error(`Sentry ${version} is not what was expected`, error)
      }
    }
  }
  const reportOld = (version: string): void =>
    reporter.report(
      'sentry-old',
      `Sentry ${version} does not leave tracing to others, so Throughline tells it of no errors. Install version ${OLDEST_VERSION} or newer.`,
    )
  const startOwn = (folder: string): void => {
    const sentry = loadSentry(folder)
    if (sentry === undefined) {
      return reporter.report(
        'sentry-missing',
        `SENTRY_DSN is set, and ${folder} has neither @sentry/node nor @sentry/nextjs, so no errors are sent. Install @sentry/node.`,
      )
    }
    if (sentry.openTelemetryIntegration === undefined) return reportOld(sentry.SDK_VERSION)
    own = initSentry(sentry)
    stopRejections = watchRejections(reason => tracker.capture(reason))
    look()
  }

  const tracker: ErrorTracker = {
    start(folder) {
      look()
      if (adopted.size > 0) return
      try {
        startOwn(folder)
      } catch (error) {
        reporter.report('sentry-failed', `Sentry did not start: ${(error as Error).message}`)
      }
    },
    look,
    capture(error, request) {
      try {
        look()
        const [target] = adopted.values()
        if (target === undefined || ignore(error)) return
        if (!reported.isNew(error, places.unitOf(context.active()))) return
        const hand = (): void => {
          target.strategy.getCurrentScope().captureException(error, { mechanism: MECHANISM })
        }
        if (request === undefined) hand()
        else places.within(request, hand)
      } catch (failure) {
        diag.error('an error was not told to Sentry', failure)
      }
    },
    watchJobs: jobs.watch,
    flush: deadlineMs =>
      Promise.all([...adopted.values()].map(({ client }) => client.flush(deadlineMs))),
    async stop(deadlineMs) {
      stopRejections()
      await (own === undefined ? tracker.flush(deadlineMs) : own.close(deadlineMs))
      for (const { release } of adopted.values()) release()
      adopted.clear()
    },
  }
  return tracker
}

/** What Sentry's own `openTelemetryIntegration` does. */
function activeSpanIds(): { traceId: string; spanId: string } | undefined {
  const span = trace.getSpanContext(context.active())
  return span === undefined ? undefined : { traceId: span.traceId, spanId: span.spanId }
}
