import { Gauge } from 'prom-client'
import type { Resource } from '@opentelemetry/resources'
import type { Catalog } from '@throughline/catalog'
import { METRIC_TARGET_INFO, METRIC_THROUGHLINE_OWNERSHIP_REVIEWED } from '@throughline/conventions'
import type { Metrics } from './instruments.ts'

/** Serves the attributes of `resource` as the labels of `target_info`, as OpenTelemetry's Prometheus exporter does. */
export function describeTarget({ registry }: Metrics, resource: Resource): void {
  const labels = Object.fromEntries(
    Object.entries(resource.attributes).flatMap(([name, value]) =>
      ['string', 'number', 'boolean'].includes(typeof value)
        ? [[labelName(name), String(value)]]
        : [],
    ),
  )
  new Gauge({
    name: METRIC_TARGET_INFO.name,
    help: METRIC_TARGET_INFO.meaning,
    labelNames: Object.keys(labels),
    registers: [registry],
  }).set(labels, 1)
}

/** Serves when each team last reviewed what it owns. */
export function describeOwnership(metrics: Metrics, catalog: Catalog): void {
  const reviewed = metrics.instrument(METRIC_THROUGHLINE_OWNERSHIP_REVIEWED)
  for (const [team, { reviewedAt }] of catalog.teams) {
    if (reviewedAt !== undefined) reviewed.set([team], Date.parse(reviewedAt) / 1000)
  }
}

const labelName = (attribute: string): string => attribute.replaceAll(/[^a-zA-Z0-9_]/g, '_')
