import type { Problem } from '@throughline/catalog'

/** Something that the lint found, and the edit that mends it. */
export interface Finding extends Problem {
  /** Stable name of the rule, for people to refer to: `alert-label-missing`. */
  readonly rule: string
  /** An error must be mended; a warning is worth a look. */
  readonly level: 'error' | 'warning'
}

/** One thing that is looked for. */
export interface LintRule<Context> {
  readonly id: string
  readonly level: Finding['level']
  readonly find: (context: Context) => readonly Problem[]
}

/** What the rules find, in the order of places; each once. */
export function runRules<Context>(
  rules: readonly LintRule<Context>[],
  context: Context,
): readonly Finding[] {
  const findings = rules.flatMap(({ id, level, find }) =>
    find(context).map(problem => ({ rule: id, level, ...problem })),
  )
  const distinct = new Map(findings.map(found => [Object.values(found).join('\n'), found]))
  return [...distinct.values()].toSorted(
    (a, b) => byPlace(a.at, b.at) || compare(a.rule, b.rule) || compare(a.message, b.message),
  )
}

/** Orders `file:line:column` by file, then by the numbers. */
function byPlace(a: string, b: string): number {
  const [fileA = '', ...numbersA] = a.split(':')
  const [fileB = '', ...numbersB] = b.split(':')
  const byFile = compare(fileA, fileB)
  if (byFile !== 0) return byFile
  const byLine = Number(numbersA[0] ?? 0) - Number(numbersB[0] ?? 0)
  return byLine === 0 ? Number(numbersA[1] ?? 0) - Number(numbersB[1] ?? 0) : byLine
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
