import { readFile } from 'node:fs/promises'
import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkRules, testRules } from '@throughline/checks/promtool'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const find = (pattern: string): string[] => globSync(`${ROOT}/alerts/${pattern}`).toSorted()

type Labels = Readonly<Record<string, string>>
interface Rule {
  readonly alert: string
  readonly labels: Labels
}
interface Group {
  readonly name: string
  readonly alert_rule_test: readonly {
    readonly alertname: string
    readonly exp_alerts?: readonly { readonly exp_labels: Labels }[]
  }[]
}

let rules: readonly Rule[]
let groups: readonly Group[]
beforeAll(async () => {
  const read = async <T>(pattern: string): Promise<T[]> =>
    await Promise.all(
      find(pattern).map(
        async file => parse(await readFile(file, 'utf8'), { maxAliasCount: 0 }) as T,
      ),
    )
  const ruleFiles = await read<{ groups: { rules: Rule[] }[] }>('*/alerts.rules.yaml')
  const testFiles = await read<{ tests: Group[] }>('*/*.test.yaml')
  rules = ruleFiles.flatMap(file => file.groups.flatMap(group => group.rules))
  groups = testFiles.flatMap(file => file.tests)
})

test('promtool reads every rule', async () => {
  const files = find('*/*.rules.yaml')
  expect(files.length).toBeGreaterThan(7)
  expect(await checkRules(files)).toEqual([])
})

test('each alert fires on one side of its threshold and is quiet on the other, as promtool says', async () => {
  const files = find('*/*.test.yaml')
  expect(await testRules(files)).toEqual([])
  const tested = rules.filter(rule => groups.some(group => firesIn(group, rule)))
  process.stdout.write(
    `${rules.length} alerts, ${tested.length} of them tested, by ${groups.length} cases in ${files.length} files\n`,
  )
  expect(tested).toHaveLength(rules.length)
})

test('each alert has as many quiet cases as firing ones, or more', () => {
  const kinds = Map.groupBy(groups, ({ name }) => (/ fires: /.test(name) ? 'firing' : 'quiet'))
  expect(kinds.get('firing')).toHaveLength(rules.length)
  expect(kinds.get('quiet')?.length).toBeGreaterThanOrEqual(rules.length)
})

const firesIn = ({ alert_rule_test }: Group, { alert, labels }: Rule): boolean =>
  alert_rule_test.some(
    ({ alertname, exp_alerts = [] }) =>
      alertname === alert &&
      exp_alerts.some(({ exp_labels }) =>
        Object.entries(labels).every(([name, value]) => exp_labels[name] === value),
      ),
  )
