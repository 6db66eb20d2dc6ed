import type { IncomingMessage } from 'node:http'
import type { Attributes } from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { ATTR_SERVICE_NAME } from '@throughline/conventions'
import { registerGlobals } from './api-globals.ts'
import { mainFolder } from './application-folder.ts'
import { createContextManager } from './context-manager.ts'
import { createReporter, reportDiagnostics, type Reporter } from './diagnostics.ts'
import { countDropped } from './dropped-spans.ts'
import { readEnvironment, type EnvironmentSettings } from './environment.ts'
import { instrument } from './instrumentations/instrumentations.ts'
import { createMetrics, type Metrics } from './metrics/instruments.ts'
import { createMeterProvider } from './metrics/meter-provider.ts'
import { serveMetrics, type MetricsServer } from './metrics/metrics-server.ts'
import { describeOwnership, describeTarget } from './metrics/process-identity.ts'
import { measureProcess } from './metrics/process-metrics.ts'
import { createOwnerProcessor } from './owner-processor.ts'
import { readOwners } from './owner-source.ts'
import { createResource, describePackage } from './resource.ts'
import { createSampler } from './sampler.ts'
import { flushBeforeEnd, within } from './shutdown.ts'
import { createSpanPipeline } from './span-pipeline.ts'
import { assertFirst, releaseSlot, takeSlot } from './telemetry-slot.ts'
import { SHUTDOWN_DEADLINE_MS, type Telemetry } from './telemetry.ts'
import { replaceTracers, type TracerFor } from './tracer-provider.ts'

export { runsApplication } from './application-process.ts'
export { startOrSay } from './start-failure.ts'
export { activeTelemetry, telemetryStarter } from './telemetry-slot.ts'
export type { Telemetry } from './telemetry.ts'
export type { TracerFor } from './tracer-provider.ts'

/** What starts telemetry. Every field but `startedBy` has a default; what is given here wins over the environment. */
export interface RuntimeOptions {
  /** Who starts, in the words that a second start is refused with. */
  readonly startedBy: string
  /** Name of the service. @default `OTEL_SERVICE_NAME`, else the name in the nearest package.json */
  readonly service?: string
  /** Path of `ownership.yaml`. @default `THROUGHLINE_CATALOG`, else the nearest one from the application's folder upwards */
  readonly catalog?: string
  /** Folder of the application; what it has installed decides what is instrumented. @default the main script's */
  readonly folder?: string
  /** Replaces tracers by scope. */
  readonly tracerFor?: TracerFor
  /** Paths whose requests make no trace and no metric. */
  readonly ignoreIncomingPath?: (path: string) => boolean
  /** Attributes for the server span of a request, from its start. */
  readonly describeRequest?: (request: IncomingMessage) => Attributes
  /** @default process.env */
  readonly environment?: NodeJS.ProcessEnv
}

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
  const telemetry = start(options, settings)
  takeSlot(options.startedBy, telemetry)
  return telemetry
}

function startEnabled(options: RuntimeOptions, settings: EnvironmentSettings): Telemetry {
  const reporter = createReporter()
  reportDiagnostics(reporter, settings.logLevel)
  for (const warning of settings.warnings) reporter.report(warning, warning)

  const folder = options.folder ?? mainFolder()
  const packaged = describePackage(folder)
  const service = nameService(options, settings, packaged)
  const resource = createResource({
    ...packaged,
    ...settings.resourceAttributes,
    [ATTR_SERVICE_NAME]: service,
  })
  const owners = readOwners(options.catalog ?? settings.catalog, folder, reporter)

  const metrics = createMetrics({ maxSeries: settings.metricsMaxSeries })
  const stopProcessMetrics = measureProcess(metrics)
  describeTarget(metrics, resource)
  if (owners.catalog !== undefined) describeOwnership(metrics, owners.catalog)

  const pipeline = createSpanPipeline({ ...settings, onDropped: countDropped(metrics, reporter) })
  const provider = new TracerProvider({
    resource,
    sampler: createSampler(settings.sampler, settings.samplerRatio),
    spanProcessors: [createOwnerProcessor(service, owners.resolver), ...pipeline.processors],
  })
  const globals = {
    contextManager: createContextManager(),
    propagator: new W3CTraceContextPropagator(),
    tracerProvider:
      options.tracerFor === undefined ? provider : replaceTracers(provider, options.tracerFor),
    meterProvider: createMeterProvider(metrics),
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
    ...(options.describeRequest && { describeRequest: options.describeRequest }),
    ignoreRequest: request => isScrape(request, server) || ignorePath(request.url ?? ''),
  })

  const flush = (): Promise<void> => within(SHUTDOWN_DEADLINE_MS, pipeline.flush())
  const stopWaiting = flushBeforeEnd({
    flush,
    flushAtExit: () => pipeline.flushAtExit(SHUTDOWN_DEADLINE_MS),
  })
  const stop = async (): Promise<void> => {
    stopWaiting()
    stopInstrumenting()
    stopProcessMetrics()
    await within(SHUTDOWN_DEADLINE_MS, provider.shutdown())
    server?.stop()
    unregister()
    releaseSlot()
  }
  let stopped: Promise<void> | undefined
  return {
    service,
    get metricsUrl() {
      return server?.url
    },
    registry: metrics.registry,
    flush,
    shutdown: () => (stopped ??= stop()),
  }
}

function startMetricsServer(
  metrics: Metrics,
  { metricsHost: host, metricsPort: port }: EnvironmentSettings,
  service: string,
  reporter: Reporter,
): MetricsServer | undefined {
  if (port === undefined) return undefined
  return serveMetrics(metrics, {
    host,
    port,
    onListening: url => {
      if (port === 0 || new URL(url).port === String(port)) return
      reporter.report(
        'metrics-moved',
        `port ${port} is taken; the metrics of ${service} are at ${url}`,
      )
    },
    onFailed: error => reporter.report('metrics-port', `metrics are not served: ${error.message}`),
  })
}

function createDisabled(options: RuntimeOptions, settings: EnvironmentSettings): Telemetry {
  const { registry } = createMetrics({ maxSeries: settings.metricsMaxSeries })
  return {
    service: nameService(options, settings, describePackage(options.folder ?? mainFolder())),
    metricsUrl: undefined,
    registry,
    flush: () => Promise.resolve(),
    shutdown: () => {
      releaseSlot()
      return Promise.resolve()
    },
  }
}

function nameService(
  { service }: RuntimeOptions,
  settings: EnvironmentSettings,
  packaged: Attributes,
): string {
  return service ?? settings.service ?? String(packaged[ATTR_SERVICE_NAME])
}

function isScrape(request: IncomingMessage, server: MetricsServer | undefined): boolean {
  const { server: receiver } = request.socket as { server?: unknown }
  return server?.owns(receiver) ?? false
}
