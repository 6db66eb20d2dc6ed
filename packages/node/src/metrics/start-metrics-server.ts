import type { Reporter } from '../diagnostics.ts'
import type { EnvironmentSettings } from '../environment.ts'
import type { Metrics } from './instruments.ts'
import { serveMetrics, type MetricsServer } from './metrics-server.ts'

/** Serves the metrics where the environment says, and says where they are when that is elsewhere; undefined when they are not served. */
export function startMetricsServer(
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
