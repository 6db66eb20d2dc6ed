import { replacementOf, type Rule, type Take } from './rule.ts'

/** One thing that was taken out. */
export interface Taken {
  readonly rule: string
  readonly meaning: string
  readonly found: string
  readonly replacement: string
}

/** Takes out what rules find, and tells of it. */
export interface Takes {
  /** What takes out what `rule` finds; of a rule that is off, what leaves it. */
  readonly takeFor: (rule: Rule) => Take
  /** Tells of what was taken out before, from a text that comes again. */
  repeat(taken: readonly Taken[]): void
  /** Gives what `work` gives, and what it took out. */
  record<Result>(work: () => Result): readonly [Result, readonly Taken[]]
}

/** Makes {@link Takes}. What a rule has left before is not taken again. */
export function createTakes(off: ReadonlySet<string>, onTaken: (rule: string) => void): Takes {
  let recorded: Taken[] | undefined
  const tell = (taken: Taken): void => {
    onTaken(taken.rule)
    recorded?.push(taken)
  }
  return {
    takeFor(rule) {
      if (off.has(rule.name)) return found => found
      const { name, meaning } = rule
      const replacement = replacementOf(rule)
      return found => {
        if (found !== replacement) tell({ rule: name, meaning, found, replacement })
        return replacement
      }
    },
    repeat: taken => taken.forEach(tell),
    record(work) {
      const outer = recorded
      const inner: Taken[] = []
      recorded = inner
      try {
        return [work(), inner]
      } finally {
        recorded = outer
        outer?.push(...inner)
      }
    },
  }
}
