import type { Role } from '@throughline/catalog'
import type { AlertName, Kind, Severity } from './alert-list.ts'

/** Labels that every alert carries; Alertmanager routes by `team` and `severity`. */
export interface AlertLabels {
  readonly team: string
  readonly role: Role
  /** Service of the catalog; `all` for what is about the monitoring itself. */
  readonly service: string
  readonly severity: Severity
  readonly kind: Kind
  /** `listed`: a line of the catalog names the team; `default`: nothing does, and the service's own team is told. */
  readonly ownership?: 'listed' | 'default'
  /** Objective that is missed: `availability`, `latency_p95`. */
  readonly slo?: string
  /** Long window of a burn rate: `1h`. */
  readonly window?: string
  /** What else tells two rules of one alert and team apart. */
  readonly [label: string]: string | undefined
}

/** What an alert tells whoever gets it. Values may hold Prometheus templates: `{{ $labels.http_route }}`. */
export interface AlertAnnotations {
  readonly summary: string
  readonly description: string
  readonly runbook_url: string
  readonly dashboard_url: string
  readonly logs_url: string
  readonly traces_url: string
  /** Where to talk to the team. */
  readonly owner_contact: string
  /** What in the catalog named the team. */
  readonly decided_by: string
}

/** One series that a test of an alert feeds, in promtool's notation. */
export interface TestSeries {
  readonly series: string
  readonly values: string
}

/** One case of an alert's test. */
export interface AlertCase {
  /** What the series say, as a sentence: `6 of 100 requests fail for 10 minutes`. */
  readonly name: string
  readonly input: readonly TestSeries[]
  /** When it is looked, from the start: `15m`. */
  readonly at: string
  /** The alerts that fire then: labels of the series, and the value that templates see. Empty when quiet. */
  readonly fires: readonly {
    readonly labels: Readonly<Record<string, string>>
    readonly value: number
  }[]
}

/** One alert rule, for one team. */
export interface AlertRule {
  readonly alert: AlertName
  readonly expr: string
  /** How long the condition must hold, in Prometheus' notation; none fires at once. */
  readonly for: string | undefined
  readonly labels: AlertLabels
  readonly annotations: AlertAnnotations
  /** Stable over every change but one of what it is about; at most 40 characters. */
  readonly uid: string
  /** A case on each side of the threshold, and those in which something else keeps it quiet. */
  readonly cases: {
    readonly firing: AlertCase
    readonly quiet: AlertCase
    readonly guards?: readonly AlertCase[]
  }
  /** Spacing of the samples of its cases. @default '1m' */
  readonly step?: string
}

/** A series that Prometheus computes and keeps. */
export interface RecordingRule {
  readonly record: string
  readonly expr: string
  readonly labels?: Readonly<Record<string, string>>
}
