import { GENERATED_LINE } from '../generated-line.ts'
import type { OutputFile } from '../output-file.ts'
import { renderYaml, type YamlValue } from '../yaml-text.ts'
import type { AlertRule, RecordingRule } from './alert-rule.ts'
import type { RuleGroup, TeamRules } from './team-rules.ts'

type AnyRule = AlertRule | RecordingRule

/** Groups in the shape in which rule files and PrometheusRule resources hold them. */
export function ruleGroups(groups: readonly RuleGroup<AnyRule>[]): YamlValue {
  return groups.map(({ name, interval, rules }) => ({
    name,
    interval,
    rules: rules.map(rule => ('alert' in rule ? alertRule(rule) : recordingRule(rule))),
  }))
}

/** A rule file of Prometheus for one team. The owner that pint asks for is the team. */
function renderRuleFile(team: string, groups: readonly RuleGroup<AnyRule>[]): string {
  const head = `${GENERATED_LINE}\n# pint file/owner ${team}\n`
  return head + renderYaml({ groups: ruleGroups(groups) })
}

/** The rule files of each team; none where a team has no rule of a sort. */
export function renderRuleFiles(rules: readonly TeamRules[]): readonly OutputFile[] {
  return rules.flatMap(({ team, recording, alerts }) =>
    Object.entries({ recording, alerts }).flatMap(([sort, groups]) =>
      groups.length === 0
        ? []
        : [{ path: `alerts/${team}/${sort}.rules.yaml`, text: renderRuleFile(team, groups) }],
    ),
  )
}

const recordingRule = ({ record, expr, labels }: RecordingRule): YamlValue => ({
  record,
  expr,
  labels,
})

const alertRule = ({ alert, expr, for: hold, labels, annotations }: AlertRule): YamlValue => ({
  alert,
  expr,
  for: hold,
  labels,
  annotations: { ...annotations },
})
