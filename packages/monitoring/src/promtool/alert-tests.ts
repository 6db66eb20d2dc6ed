import type { AlertCase, AlertRule } from '../alerts/alert-rule.ts'
import type { TeamRules } from '../alerts/team-rules.ts'
import { durationMs, promDuration } from '../promql.ts'
import { expandTemplate } from './expand-template.ts'

/** A test file of promtool: all its groups are evaluated at one interval. */
export interface AlertTestFile {
  readonly rule_files: readonly string[]
  readonly evaluation_interval: string
  readonly tests: readonly AlertTestGroup[]
}

/** What one input shows, at some times. */
export interface AlertTestGroup {
  readonly name: string
  readonly interval: string
  readonly input_series?: readonly { readonly series: string; readonly values: string }[]
  readonly alert_rule_test: readonly {
    readonly eval_time: string
    readonly alertname: string
    readonly exp_alerts?: readonly ExpectedAlert[]
  }[]
}

interface ExpectedAlert {
  readonly exp_labels: Readonly<Record<string, string>>
  readonly exp_annotations: Readonly<Record<string, string>>
}

const STEP = '1m'

/**
 * Tests of the alerts of a team, by the step of their series: each alert fires on one side of its threshold and is quiet on
 * the other; one that must hold for a while is quiet until then.
 */
export function compileAlertTests(
  { alerts }: TeamRules,
  ruleFile: string,
): ReadonlyMap<string, AlertTestFile> {
  const rules = alerts.flatMap(({ rules: ofGroup }) => ofGroup)
  const bySteps = [...Map.groupBy(rules, ({ step = STEP }) => step)]
  return new Map(
    bySteps
      .toSorted(([a], [b]) => durationMs(a) - durationMs(b))
      .map(([step, ofStep]) => [
        step,
        {
          rule_files: [ruleFile],
          evaluation_interval: step,
          tests: ofStep.flatMap(rule => testGroups(rule, step)),
        },
      ]),
  )
}

function testGroups(rule: AlertRule, step: string): AlertTestGroup[] {
  const { firing, quiet, guards = [] } = rule.cases
  return [
    group(rule, firing, step, 'fires', [
      ...notYet(rule, step),
      [firing.at, expected(rule, firing)],
    ]),
    ...[quiet, ...guards].map(example =>
      group(rule, example, step, 'is quiet', [[example.at, expected(rule, example)]]),
    ),
  ]
}

function group(
  { alert, labels }: AlertRule,
  { name, input }: AlertCase,
  step: string,
  outcome: string,
  times: readonly (readonly [string, readonly ExpectedAlert[]])[],
): AlertTestGroup {
  return {
    name: `${alert} of ${labels.service} ${outcome}: ${name}`,
    interval: step,
    ...(input.length === 0 ? {} : { input_series: input }),
    alert_rule_test: times.map(([time, alerts]) => ({
      eval_time: time,
      alertname: alert,
      ...(alerts.length === 0 ? {} : { exp_alerts: alerts }),
    })),
  }
}

/** The last look before an alert has held for long enough. */
function notYet(rule: AlertRule, step: string): (readonly [string, readonly ExpectedAlert[]])[] {
  if (rule.for === undefined) return []
  const before = (Math.ceil(durationMs(rule.for) / durationMs(step)) - 1) * durationMs(step)
  return before < 0 ? [] : [[before === 0 ? '0m' : promDuration(before), []]]
}

function expected(rule: AlertRule, { fires }: AlertCase): ExpectedAlert[] {
  return fires.map(({ labels, value }) => ({
    exp_labels: { ...definedLabels(rule), ...labels },
    exp_annotations: Object.fromEntries(
      Object.entries(rule.annotations).map(([name, text]) => [
        name,
        expandTemplate(text, labels, value),
      ]),
    ),
  }))
}

function definedLabels({ labels }: AlertRule): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
