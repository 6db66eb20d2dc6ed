import type { Problem } from '@throughline/catalog'
import type { OwnMetrics } from './known-metrics.ts'

/** Where an organisation lists metrics of its own applications that alerts and dashboards written by hand may use. */
export const OWN_METRICS_FILE = 'alerts/metrics.txt'

const LINE = /^([a-zA-Z_:][\w:]*)\s+(counter|gauge|histogram)$/

/** Reads lines such as `orders_placed_total counter`; what follows a `#` is nothing. */
export function parseOwnMetrics(text: string): {
  readonly metrics: OwnMetrics
  readonly problems: readonly Problem[]
} {
  const metrics = new Map<string, 'counter' | 'gauge' | 'histogram'>()
  const problems: Problem[] = []
  text.split('\n').forEach((line, index) => {
    const written = line.replace(/#.*$/, '').trim()
    if (written === '') return
    const [, name, type] = LINE.exec(written) ?? []
    if (name !== undefined) metrics.set(name, type as 'counter' | 'gauge' | 'histogram')
    else {
      problems.push({
        at: `${OWN_METRICS_FILE}:${index + 1}`,
        message: `${JSON.stringify(written)} is not a metric and its type`,
        fix: 'write it as in: orders_placed_total counter',
      })
    }
  })
  return { metrics, problems }
}
