import { type LabelSet, NO_LABELS } from './label-set.ts'
import { labelsOfResult, type RecordedLabels } from './promql-labels.ts'
import type { RecordingEntry } from './rule-files.ts'

/** Looks up the labels of what recording rules write; a rule that reads itself, by whatever way, adds none. */
export function createRecordedLabels(
  recordings: ReadonlyMap<string, RecordingEntry>,
): RecordedLabels {
  const known = new Map<string, LabelSet>()
  const find: RecordedLabels = metric => {
    const rule = recordings.get(metric)
    if (rule === undefined) return undefined
    const before = known.get(metric)
    if (before !== undefined) return before
    known.set(metric, NO_LABELS)
    const written = labelsOfResult(rule.query, find)
    const labels = [...rule.labels.keys()].reduce((set, label) => set.with(label), written)
    known.set(metric, labels)
    return labels
  }
  return find
}
