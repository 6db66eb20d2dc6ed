/** Labels that a series may have: these and no others, or all but these. */
export interface LabelSet {
  has(label: string): boolean
  with(label: string): LabelSet
  without(labels: readonly string[]): LabelSet
  /** What of the set is also named here. */
  only(labels: readonly string[]): LabelSet
  /** What is in both. */
  and(other: LabelSet): LabelSet
}

function createLabelSet(has: (label: string) => boolean): LabelSet {
  return {
    has,
    with: label => createLabelSet(asked => asked === label || has(asked)),
    without: labels => createLabelSet(asked => !labels.includes(asked) && has(asked)),
    only: labels => createLabelSet(asked => labels.includes(asked) && has(asked)),
    and: other => createLabelSet(asked => has(asked) && other.has(asked)),
  }
}

/** A set of these labels. */
export function labelsAmong(labels: readonly string[] | 'all'): LabelSet {
  return createLabelSet(asked => labels === 'all' || labels.includes(asked))
}

export const NO_LABELS: LabelSet = labelsAmong([])
