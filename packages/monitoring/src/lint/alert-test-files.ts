import { posix } from 'node:path'
import type { Problem } from '@throughline/catalog'
import { entriesOf, itemsOf, type LocatedMap, parseLocated, textOf } from './located-yaml.ts'

/** One expectation on an alert, of a promtool test file. */
export interface AlertTest {
  readonly alert: string
  /** Files of rules that it is run with, by path from the root. */
  readonly ruleFiles: readonly string[]
  /** Labels of each alert that is to fire; empty when none is. */
  readonly fires: readonly LocatedMap[]
}

/** Whether a file is one that promtool tests rules with. */
const isTestFile = (path: string): boolean => /\.test\.ya?ml$/.test(path)

/** Reads every expectation on an alert. */
export function readAlertTests(files: ReadonlyMap<string, string>): {
  readonly tests: readonly AlertTest[]
  readonly problems: readonly Problem[]
} {
  const tests: AlertTest[] = []
  const problems: Problem[] = []
  for (const [file, text] of files) {
    if (!isTestFile(file)) continue
    const { root, problems: mistakes } = parseLocated(text, file)
    problems.push(...mistakes)
    const ruleFiles = itemsOf(entriesOf(root).get('rule_files')).flatMap(item => {
      const path = textOf(item)
      return path === undefined ? [] : [posix.join(posix.dirname(file), path)]
    })
    for (const test of itemsOf(entriesOf(root).get('tests'))) {
      for (const expectation of itemsOf(entriesOf(test).get('alert_rule_test'))) {
        const fields = entriesOf(expectation)
        const fires = itemsOf(fields.get('exp_alerts')).map(alert =>
          entriesOf(entriesOf(alert).get('exp_labels')),
        )
        tests.push({ alert: textOf(fields.get('alertname')) ?? '', ruleFiles, fires })
      }
    }
  }
  return { tests, problems }
}
