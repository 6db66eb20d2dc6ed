import { basename } from 'node:path'
import type { Role } from '@throughline/catalog'
import { shortened } from '../dashboards/dashboard-uid.ts'
import type { Ownership } from '../ownership.ts'
import { type AlertName, ALERTS, type Severity } from './alert-list.ts'
import type { AlertCase, AlertLabels, AlertRule } from './alert-rule.ts'

/** What a family of alerts says about one rule; the rest follows from the alert's definition and the catalog. */
export interface RuleDraft {
  readonly alert: AlertName
  readonly team: string
  /** Service of the catalog; `all` for what is about no service. */
  readonly service: string
  /** What in the catalog named the team. */
  readonly decidedBy: readonly string[]
  readonly expr: string
  readonly for?: string | undefined
  readonly role?: Role
  readonly severity?: Severity
  /** Labels besides those that every alert has; they tell apart the rules of one alert, team and service. */
  readonly labels?: Readonly<Record<string, string>>
  /** One sentence: what is wrong and where. */
  readonly summary: string
  /** What that means, and the limit. */
  readonly description: string
  /** TraceQL that finds the traces it is about. */
  readonly traces: string
  /** LogQL that finds the log lines it is about. */
  readonly logs: string
  /** Values of the variables of its dashboard. */
  readonly variables?: Readonly<Record<string, string>>
  readonly cases: AlertRule['cases']
  readonly step?: string
}

/** Completes a rule: labels, annotations and uid. */
export function buildRule(ownership: Ownership, draft: RuleDraft): AlertRule {
  const { catalog, links } = ownership
  const { alert, team, service, expr, step, cases } = draft
  const { role, severity, kind, dashboard } = ALERTS[alert]
  const labels: AlertLabels = {
    team,
    role: draft.role ?? role,
    service,
    severity: draft.severity ?? severity,
    kind,
    ...draft.labels,
  }
  return {
    alert,
    expr,
    for: draft.for,
    labels,
    annotations: {
      summary: draft.summary,
      description: draft.description,
      runbook_url: links.runbook(alert),
      dashboard_url: links.dashboard(dashboard, team, draft.variables),
      logs_url: links.logs(draft.logs),
      traces_url: links.traces(draft.traces),
      owner_contact: contactOf(ownership, team),
      decided_by: `${basename(catalog.file)}: ${listFew(draft.decidedBy)}`,
    },
    uid: shortened([alert, service, team, ...Object.values(draft.labels ?? {})].join(' ')),
    cases,
    ...(step === undefined ? {} : { step }),
  }
}

/** Where to talk to a team: its channel for people, else its lead. */
function contactOf({ catalog }: Ownership, team: string): string {
  const { name = team, channels, lead, github } = catalog.teams.get(team) ?? {}
  const contact = channels?.people ?? lead ?? github
  return contact === undefined ? name : `${name}, ${contact}`
}

const MOST_NAMED = 6

function listFew(items: readonly string[]): string {
  const named = items.slice(0, MOST_NAMED).join(', ')
  const more = items.length - MOST_NAMED
  return more > 0 ? `${named} and ${more} more` : named
}

/** A case in which the rule fires once, for these labels of its series. */
export const firing = (
  name: string,
  at: string,
  input: AlertCase['input'],
  value: number,
  labels: Readonly<Record<string, string>> = {},
): AlertCase => ({ name, at, input, fires: [{ labels, value }] })

/** A case in which the rule does not fire. */
export const quiet = (name: string, at: string, input: AlertCase['input']): AlertCase => ({
  name,
  at,
  input,
  fires: [],
})
