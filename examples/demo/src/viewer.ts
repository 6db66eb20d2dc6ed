import { ThroughlineError } from '@throughline/conventions'
import { createTraceLog, type TraceLog } from '@throughline/testing'
import { startViewer, type Viewer, type ViewerOptions } from '@throughline/viewer'
import { urlOf, type Placement } from './addresses.ts'
import { findPort } from './ports.ts'
import type { Talk } from './talk.ts'

/** Default port of OTLP over HTTP. */
const VIEWER_PORT = 4318

/** The viewer of the demo, and what it has received. */
export interface DemoViewer extends AsyncDisposable {
  readonly viewer: Viewer
  readonly received: TraceLog
  /** Environment that makes a service send here, soon after each span ends. */
  readonly telemetry: Readonly<Record<string, string>>
}

/** Starts the viewer at the default port of OTLP, or at the next free one, and says who has the first. */
export async function startDemoViewer(
  { ports, catalog }: Placement,
  talk: Talk,
): Promise<DemoViewer> {
  const received = createTraceLog()
  const options: ViewerOptions = {
    catalog,
    metricsPages: Object.values(ports.metrics).map(port => `${urlOf(port)}/metrics`),
    onTraces: received.addSpans,
  }
  const viewer = await startViewer({ ...options, port: VIEWER_PORT }).catch(
    async (error: unknown) => {
      if (!ThroughlineError.is(error) || error.code !== 'PORT_TAKEN') throw error
      const port = await findPort(VIEWER_PORT, new Set())
      talk.say(`${error.message}; the viewer uses ${port}`)
      return startViewer({ ...options, port })
    },
  )
  return {
    viewer,
    received,
    telemetry: {
      OTEL_EXPORTER_OTLP_ENDPOINT: viewer.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
    [Symbol.asyncDispose]: () => viewer.stop(),
  }
}
