import {
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  METRIC_TARGET_INFO,
  METRIC_THROUGHLINE_SPANS_DROPPED,
} from '@throughline/conventions'
import { UNKNOWN_SERVICE, type MetricPoint } from '@throughline/otlp'
import { readSamples } from './prometheus-text.ts'

/** Asks pages of metrics for the spans that were lost. */
export interface MetricsPages {
  stop(): void
}

/** Options of {@link watchMetricsPages}. */
export interface MetricsPagesOptions {
  readonly pages: readonly string[]
  /** Gets counts that have risen since the page was last asked, and those that a page begins with. */
  readonly onPoints: (points: readonly MetricPoint[]) => void
  /** Is told the first time that a page cannot be read. */
  readonly onNotice?: ((line: string) => void) | undefined
  /** @default 15000 */
  readonly everyMs?: number
}

const TIMEOUT_MS = 2000
const MAX_BYTES = 4 * 1024 * 1024

/** Asks each page now and every 15 s. A page that does not answer costs nothing but what it would have said. */
export function watchMetricsPages({
  pages,
  onPoints,
  onNotice,
  everyMs = 15_000,
}: MetricsPagesOptions): MetricsPages {
  const stopped = new AbortController()
  const lastCounts = new Map<string, number>()
  let wasTold = false

  const ask = async (page: string): Promise<void> => {
    try {
      const text = await readPage(page, stopped.signal)
      if (stopped.signal.aborted) return
      const risen = pointsOf(text, page).filter(({ service, attributes, value = 0 }) => {
        const key = JSON.stringify([page, service, attributes])
        const last = lastCounts.get(key) ?? 0
        lastCounts.set(key, value)
        return value > 0 && value !== last
      })
      if (risen.length > 0) onPoints(risen)
    } catch (error) {
      if (wasTold || stopped.signal.aborted) return
      wasTold = true
      onNotice?.(`metrics are not read from ${page}: ${reasonOf(error)}`)
    }
  }
  const askAll = (): void => pages.forEach(page => void ask(page))
  const timer = setInterval(askAll, everyMs).unref()
  askAll()
  return {
    stop() {
      clearInterval(timer)
      stopped.abort()
    },
  }
}

async function readPage(page: string, stopped: AbortSignal): Promise<string> {
  const response = await fetch(page, {
    headers: { accept: 'application/openmetrics-text, text/plain' },
    redirect: 'error',
    signal: AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)]),
  })
  if (!response.ok) throw new Error(`it answered ${response.status}`)
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_BYTES) throw new Error(`it has more than ${MAX_BYTES} bytes`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text
}

function pointsOf(text: string, page: string): readonly MetricPoint[] {
  const { name, meaning, unit } = METRIC_THROUGHLINE_SPANS_DROPPED
  const target = readSamples(text, METRIC_TARGET_INFO.name)[0]?.labels ?? {}
  const service = target['service_name'] ?? target['job'] ?? UNKNOWN_SERVICE
  const resource = {
    attributes: {
      [ATTR_SERVICE_NAME]: service,
      [ATTR_SERVICE_INSTANCE_ID]: target['service_instance_id'] ?? page,
    },
  }
  return readSamples(text, name).map(({ labels, value }) => ({
    metric: name,
    description: meaning,
    unit,
    type: 'sum',
    temporality: 'cumulative',
    isMonotonic: true,
    startUnixNano: 0n,
    timeUnixNano: BigInt(Date.now()) * 1_000_000n,
    attributes: labels,
    value,
    exemplars: [],
    resource,
    scope: { name: 'prometheus', version: '' },
    service,
  }))
}

function reasonOf(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error))
  return cause instanceof Error ? cause.message : message
}
