import { METRICS } from '@throughline/conventions'
import { type LabelSet, labelsAmong } from './label-set.ts'
import { baseMetric } from './known-metrics.ts'

const LABELS_OF = new Map(
  METRICS.map(({ name, labels }) => [name, labels.map(label => label.name)]),
)

/** Labels that the conventions give to some metric, so that one which has none of them is known to lack them. */
const CONVENTIONAL = [...new Set([...LABELS_OF.values()].flat())]

/** Labels that a metric may have: those of its definition, and any that a scrape may add. */
export function metricLabels(metric: string): LabelSet {
  const defined = LABELS_OF.get(metric) ?? LABELS_OF.get(baseMetric(metric))
  if (defined === undefined || metric === 'target_info') return labelsAmong('all')
  return labelsAmong('all').without(CONVENTIONAL.filter(label => !defined.includes(label)))
}
