import {
  ENV_THROUGHLINE_METRICS_HOST,
  METRIC_HTTP_SERVER_REQUEST_DURATION,
} from '@throughline/conventions'
import type { SeenRun } from '../../run/first-trace.ts'
import { findOurLines } from '../../run/app-output.ts'
import { findSetting } from '../../run/run-settings.ts'
import type { Finding } from '../finding.ts'
import type { Setting } from '../settings.ts'

const TIMEOUT_MS = 5_000
/** How ours begins to say that it has no port for them. */
const NOT_SERVED = 'metrics are not served: '

/** Whether a running application serves its metrics, and has measured the request in them. */
export async function examineMetrics(
  { app, running, shown }: SeenRun,
  settings: readonly Setting[],
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  // Without a trace of it nothing of ours runs, and that is said already.
  if (shown === undefined) return []
  const url = reachableUrl(
    running.metricsUrl(),
    findSetting(settings, ENV_THROUGHLINE_METRICS_HOST),
  )
  const refusal = findOurLines(running.output()).find(line => line.startsWith(NOT_SERVED))
  const answer = refusal ?? (await scrape(url, signal))
  const common = { level: 'error', service: app.service, at: undefined } as const
  if (typeof answer === 'string') {
    return [
      {
        ...common,
        code: 'METRICS_NOT_SERVED',
        what: `${url} does not answer: ${answer}`,
        why: 'dashboards and alerts get nothing from it',
        fix: `set ${ENV_THROUGHLINE_METRICS_HOST} to an address of this machine, or leave it out`,
      },
    ]
  }
  if (answer.text.includes(`${METRIC_HTTP_SERVER_REQUEST_DURATION.name}_count`)) return []
  return [
    {
      ...common,
      code: 'METRICS_EMPTY',
      what: `${url} answers ${answer.status}, without ${METRIC_HTTP_SERVER_REQUEST_DURATION.name}`,
      why: 'rates, errors and latencies of its routes are missing',
      fix: 'see that nothing else serves this port, and that nothing resets the registry of prom-client',
    },
  ]
}

/** The address at which a host that is set can be asked: one that stands for all of them is none to ask at. */
function reachableUrl(url: string, host: Setting | undefined): string {
  const given = host?.value.trim() ?? ''
  if (given === '' || given === '0.0.0.0' || given === '::') return url
  const address = new URL(url)
  address.hostname = given.includes(':') ? `[${given}]` : given
  return address.href
}

async function scrape(
  url: string,
  signal?: AbortSignal,
): Promise<{ readonly status: number; readonly text: string } | string> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const response = await fetch(url, {
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    signal?.throwIfAborted()
    const { message, cause } = error as Error
    return cause instanceof Error ? cause.message : message
  }
}
