import { expect, test } from 'vitest'
import { type AlertName, ALERTS } from '../src/alerts/alert-list.ts'
import type { AlertRule } from '../src/alerts/alert-rule.ts'
import { compileRules } from '../src/alerts/compile-rules.ts'
import { INHIBITIONS } from '../src/routing/inhibitions.ts'
import { exampleOwnership } from './read-ownership.ts'

const rules = compileRules(exampleOwnership()).flatMap(({ alerts }) =>
  alerts.flatMap(group => group.rules),
)
const labelsOf = ({ labels, cases }: AlertRule): string[] => [
  ...Object.keys(labels),
  ...cases.firing.fires.flatMap(fired => Object.keys(fired.labels)),
]
const URGENCY = ['none', 'notice', 'ticket', 'page']
const pairs = INHIBITIONS.flatMap(inhibition =>
  inhibition.targets.map(target => ({ ...inhibition, target })),
)

test.for(pairs)('$source inhibits $target, which is no more urgent', ({ source, target }) => {
  const urgency = (alert: AlertName): number => URGENCY.indexOf(ALERTS[alert].severity)
  expect(urgency(target)).toBeLessThanOrEqual(urgency(source))
  expect(target).not.toBe(source)
})

test.for(pairs)(
  'what has to be equal for $source and $target is on the one or the other wherever it matters',
  ({ source, target, equal }) => {
    const [sources, targets] = [source, target].map(name =>
      rules.filter(({ alert }) => alert === name),
    )
    // One that both lack says nothing; one that only one has would never be equal.
    for (const label of equal) {
      const has = (rule: AlertRule): boolean => labelsOf(rule).includes(label)
      expect([label, sources?.every(has)]).toEqual([label, targets?.every(has)])
    }
  },
)

test('no alert is inhibited by one that it inhibits', () => {
  const edges = new Set(pairs.map(({ source, target }) => `${source} ${target}`))
  expect(pairs.filter(({ source, target }) => edges.has(`${target} ${source}`))).toEqual([])
})
