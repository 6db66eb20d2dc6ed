import type { Problem } from '@throughline/catalog'
import {
  entriesOf,
  itemsOf,
  type Located,
  type LocatedMap,
  parseLocated,
  textOf,
} from './located-yaml.ts'
import { parsePromql, type Promql } from './promql.ts'

/** A rule as it stands in a file of Prometheus rules. */
interface RuleEntry {
  readonly file: string
  /** Where it begins. */
  readonly at: string
  readonly name: string
  readonly query: Promql
  readonly queryAt: string
  readonly labels: LocatedMap
  /** How often it is evaluated, when its group says so. */
  readonly interval: string | undefined
}

/** An alert, as it stands in a file. */
export interface AlertEntry extends RuleEntry {
  readonly for: string | undefined
  readonly annotations: LocatedMap
}

/** A recording rule, as it stands in a file. */
export type RecordingEntry = RuleEntry

/** All rules that Prometheus would load, and what of them it would refuse. */
export interface RuleEntries {
  readonly alerts: readonly AlertEntry[]
  readonly recordings: readonly RecordingEntry[]
  readonly problems: readonly Problem[]
}

/** Whether a file holds rules of Prometheus: generated ones and those written by hand alike. */
const isRuleFile = (path: string): boolean => /\.rules\.ya?ml$/.test(path)

/** Reads every file of rules. A rule that has no name or no query is a problem, and left out. */
export function readRuleEntries(files: ReadonlyMap<string, string>): RuleEntries {
  const alerts: AlertEntry[] = []
  const recordings: RecordingEntry[] = []
  const problems: Problem[] = []
  for (const [file, text] of files) {
    if (!isRuleFile(file)) continue
    const { root, problems: mistakes } = parseLocated(text, file)
    problems.push(...mistakes)
    if (mistakes.length > 0) continue
    const groups = entriesOf(root).get('groups')
    if (groups === undefined || !Array.isArray(groups.value)) {
      const message = 'the file has no list of groups'
      problems.push({ at: `${file}:1:1`, message, fix: 'write groups: [{ name: …, rules: […] }]' })
    }
    for (const group of itemsOf(groups)) {
      const interval = textOf(entriesOf(group).get('interval'))
      for (const rule of itemsOf(entriesOf(group).get('rules'))) {
        const entry = readEntry(rule, file, interval)
        if ('message' in entry) problems.push(entry)
        else if ('annotations' in entry) alerts.push(entry)
        else recordings.push(entry)
      }
    }
  }
  return { alerts, recordings, problems }
}

function readEntry(
  rule: Located,
  file: string,
  interval: string | undefined,
): AlertEntry | RecordingEntry | Problem {
  const fields = entriesOf(rule)
  const alert = textOf(fields.get('alert'))
  const record = textOf(fields.get('record'))
  const name = alert ?? record
  const expr = fields.get('expr')
  const text = textOf(expr)
  if (name === undefined || (alert !== undefined && record !== undefined)) {
    const message = 'a rule has not exactly one of "alert" and "record"'
    return { at: rule.at, message, fix: 'write alert: Name, or record: level:metric:operation' }
  }
  if (expr === undefined || text === undefined) {
    return { at: rule.at, message: `rule ${name} has no "expr"`, fix: 'write expr: and a query' }
  }
  const common = {
    file,
    at: rule.at,
    name,
    query: parsePromql(text),
    queryAt: expr.at,
    labels: entriesOf(fields.get('labels')),
    interval,
  }
  if (alert === undefined) return common
  return {
    ...common,
    for: textOf(fields.get('for')),
    annotations: entriesOf(fields.get('annotations')),
  }
}
