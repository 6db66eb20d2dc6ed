import type { AlertRule, RecordingRule } from './alert-rule.ts'

/** Rules that Prometheus evaluates one after the other, at one time. */
export interface RuleGroup<Rule> {
  readonly name: string
  /** How often; Prometheus' own interval where absent. */
  readonly interval?: string
  readonly rules: readonly Rule[]
}

/** What stands in the folder of one team. */
export interface TeamRules {
  readonly team: string
  /** Series of the services that the team fixes in production. */
  readonly recording: readonly RuleGroup<RecordingRule>[]
  /** The alerts that the team gets. */
  readonly alerts: readonly RuleGroup<AlertRule>[]
}
