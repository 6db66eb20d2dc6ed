import type { IncomingMessage } from 'node:http'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { registerGlobals } from './api-globals.ts'
import { mainFolder } from './application-folder.ts'
import { createBrowserIntake } from './browser-intake.ts'
import { createContextManager } from './context-manager.ts'
import { createReporter, reportDiagnostics } from './diagnostics.ts'
import { reportSpans } from './delivery/delivery-reports.ts'
import { readEnvironment, type EnvironmentSettings } from './environment.ts'
import { instrument } from './instrumentations/instrumentations.ts'
import { startLogs } from './logs/logs.ts'
import { createMetrics } from './metrics/instruments.ts'
import { createMeterProvider } from './metrics/meter-provider.ts'
import type { MetricsServer } from './metrics/metrics-server.ts'
import { startMetricsServer } from './metrics/start-metrics-server.ts'
import { describeOwnership, describeTarget } from './metrics/process-identity.ts'
import { measureProcess } from './metrics/process-metrics.ts'
import { createOwnerProcessor } from './owner-processor.ts'
import { readOwners } from './owner-source.ts'
import { createProcessRedactor, reportRedactions } from './redaction/process-redactor.ts'
import { createRequestSignals } from './requests/request-signals.ts'
import { watchRequests } from './requests/watch-requests.ts'
import type { RuntimeOptions } from './runtime-options.ts'
import { createSampler } from './sampler.ts'
import { identifyService, nameService } from './service-identity.ts'
import { sendBeforeEnd } from './delivery/last-sending.ts'
import { createSpanPipeline } from './delivery/span-pipeline.ts'
import { assertFirst, releaseSlot, takeSlot, type Slot } from './telemetry-slot.ts'
import type { Telemetry } from './telemetry.ts'
import { replaceTracers } from './tracer-provider.ts'
import { createTraceIdDeriver } from './trust/derived-trace.ts'
import { createOutgoingTrust } from './trust/outgoing-trust.ts'
import { createPageSignature } from './trust/page-signature.ts'
import { createPropagator } from './trust/propagator.ts'
import { readTrustRules, warnOfStrangers } from './trust/trust-rules.ts'

export { runsApplication } from './application-process.ts'
export { startOrSay } from './start-failure.ts'
export {
  activeTelemetry,
  browserIntake,
  errorTracker,
  incomingRequests,
  servedRequests,
  telemetryStarter,
} from './telemetry-slot.ts'
export type { BrowserIntake } from './browser-intake.ts'
export { writeOwner } from './owner-processor.ts'
export { knownMethod } from './requests/known-method.ts'
export type { Telemetry } from './telemetry.ts'
export type { TracerFor } from './tracer-provider.ts'
export type { Admission } from './trust/admission.ts'
export { carrierOf } from './trust/propagator.ts'

/**
 * Starts telemetry in this process: traces, metrics and owners.
 *
 * Throws when something traces this process already, naming it. Whatever else goes wrong is said on stderr and costs
 * telemetry only. With `OTEL_SDK_DISABLED=true` nothing is started. For the packages of frameworks; applications use
 * `start()` or `--import @throughline/node/register`.
 */
export function startRuntime(options: RuntimeOptions): Telemetry {
  const settings = readEnvironment(options.environment ?? process.env)
  if (!settings.disabled) assertFirst(options.startedBy)
  const start = settings.disabled ? createDisabled : startEnabled
  const started = start(options, settings)
  takeSlot({ ...started, startedBy: options.startedBy })
  return started.telemetry
}

type Started = Omit<Slot, 'startedBy'>

function startEnabled(options: RuntimeOptions, settings: EnvironmentSettings): Started {
  const redactor = createProcessRedactor(options.environment ?? process.env, settings.redaction)
  const reporter = createReporter(line => void process.stderr.write(redactor.text(line)))
  reportDiagnostics(reporter, settings.logLevel)
  for (const warning of settings.warnings) reporter.report(warning, warning)

  const folder = options.folder ?? mainFolder()
  const { service, resource } = identifyService(options, settings, folder, redactor)
  const owners = readOwners(options.catalog ?? settings.catalog, folder, reporter)

  const metrics = createMetrics({ maxSeries: settings.metricsMaxSeries, redactor })
  reportRedactions(redactor, metrics, reporter)
  const stopProcessMetrics = measureProcess(metrics)
  describeTarget(metrics, resource)
  if (owners.catalog !== undefined) describeOwnership(metrics, owners.catalog)

  const rules = readTrustRules(settings.trust, settings.production, reporter)
  warnOfStrangers(rules, owners.catalog, reporter)
  const pageSignature = createPageSignature(rules.secrets)
  const outgoing = createOutgoingTrust({ ...owners, rules })
  const { requests, incoming, reports, errors } = watchRequests({
    service,
    owners,
    settings,
    rules,
    pageSignature,
    metrics,
    redactor,
    reporter,
    ignoreError: options.ignoreError ?? (() => false),
  })
  const logs = startLogs({
    settings: settings.logs,
    service,
    resource,
    requests,
    redactor,
    metrics,
    reporter,
  })
  const pipeline = createSpanPipeline({ ...settings, ...reportSpans(metrics, reporter), redactor })
  const sampler = createSampler(settings.sampler, settings.samplerRatio)
  const provider = new TracerProvider({
    resource,
    sampler,
    spanProcessors: [createOwnerProcessor(service, owners.resolver), ...pipeline.processors],
  })
  const globals = {
    contextManager: createContextManager(),
    propagator: createPropagator({
      incoming,
      outgoing,
      secret: rules.secrets[0],
      pageSignature,
      isPageCarrier: options.isPageCarrier ?? (() => false),
      keepCarriers: options.adoptsRequests ?? false,
    }),
    tracerProvider: replaceTracers(provider, (scope, tracer) => {
      const watched = errors.watchJobs(tracer)
      return options.tracerFor?.(scope, watched) ?? watched
    }),
    meterProvider: createMeterProvider(metrics),
    loggerProvider: logs.loggerProvider,
  }
  const unregister = registerGlobals(globals)
  const server = startMetricsServer(metrics, settings, service, reporter)
  const ignorePath = options.ignoreIncomingPath ?? (() => false)
  const stopInstrumenting = instrument({
    ...globals,
    metrics,
    folder,
    enabled: settings.enabledInstrumentations,
    disabled: settings.disabledInstrumentations,
    onRequestFailed: errors.capture,
    incoming,
    outgoing,
    ...(options.describeRequest && { describeRequest: options.describeRequest }),
    ignoreRequest: request => isScrape(request, server) || ignorePath(request.url ?? ''),
  })
  errors.look()
  if (settings.sentry) errors.start(folder)

  const sending = sendBeforeEnd({ pipeline, provider, logs, errors })
  const stop = async (): Promise<void> => {
    stopInstrumenting()
    stopProcessMetrics()
    await sending.stop()
    server?.stop()
    unregister()
    releaseSlot()
  }
  let stopped: Promise<void> | undefined
  const telemetry: Telemetry = {
    service,
    get metricsUrl() {
      return server?.url
    },
    registry: metrics.registry,
    flush: () => sending.flush(),
    shutdown: () => (stopped ??= stop()),
  }
  return {
    telemetry,
    requests,
    signals: createRequestSignals(requests.active),
    logs,
    errors,
    incoming,
    browsers: createBrowserIntake({
      service,
      resolver: owners.resolver,
      metrics,
      pageSignature,
      deriveTraceId: createTraceIdDeriver(rules.secrets),
      resource,
      claimRequest: reports.claim,
      sampler,
      processors: pipeline.processors,
    }),
  }
}

function createDisabled(options: RuntimeOptions, settings: EnvironmentSettings): Started {
  const { registry } = createMetrics({ maxSeries: settings.metricsMaxSeries })
  const telemetry: Telemetry = {
    service: nameService(options, settings, options.folder ?? mainFolder()),
    metricsUrl: undefined,
    registry,
    flush: () => Promise.resolve(),
    shutdown: () => {
      releaseSlot()
      return Promise.resolve()
    },
  }
  return {
    telemetry,
    requests: undefined,
    signals: undefined,
    logs: undefined,
    errors: undefined,
    incoming: undefined,
    browsers: undefined,
  }
}

function isScrape(request: IncomingMessage, server: MetricsServer | undefined): boolean {
  const { server: receiver } = request.socket as { server?: unknown }
  return server?.owns(receiver) ?? false
}
