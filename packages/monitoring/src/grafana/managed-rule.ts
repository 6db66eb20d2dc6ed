import type { AlertRule } from '../alerts/alert-rule.ts'
import { DATA_SOURCES } from '../links.ts'
import type { YamlValue } from '../yaml-text.ts'
import { withoutVariables } from './provisioning.ts'

const EXPRESSIONS = '__expr__'
/** Both queries are of this moment; Grafana wants a range all the same. */
const RANGE: YamlValue = { from: 600, to: 0 }

/**
 * An alert rule in the form of Grafana's file provisioning.
 *
 * Prometheus gives the series that meet the condition, with the value that texts show; that value may well be 0, which Grafana
 * takes for "not met". So A asks Prometheus, once, and B is 1 for each series that came back, whatever its value.
 */
export function managedRule(rule: AlertRule): YamlValue {
  const { alert, expr, for: hold = '0s', labels, annotations, uid } = rule
  return {
    uid,
    title: withoutVariables(titleOf(rule)),
    condition: 'B',
    data: [
      {
        refId: 'A',
        relativeTimeRange: RANGE,
        datasourceUid: DATA_SOURCES.metrics,
        model: {
          refId: 'A',
          datasource: { type: 'prometheus', uid: DATA_SOURCES.metrics },
          editorMode: 'code',
          expr,
          instant: true,
          range: false,
        },
      },
      {
        refId: 'B',
        relativeTimeRange: RANGE,
        datasourceUid: EXPRESSIONS,
        model: {
          refId: 'B',
          datasource: { type: EXPRESSIONS, uid: EXPRESSIONS },
          type: 'math',
          expression: 'is_number($A) || is_inf($A)',
        },
      },
    ],
    // No series meets the condition: all is well. Where silence is bad, the condition itself asks for it, by absent().
    noDataState: 'OK',
    // Prometheus does not answer: the team that watches telemetry is told, by its own rules; all others keep the state that
    // they had, as Grafana can since 10.4, or every team would be woken for one fault that is not theirs.
    execErrState: labels.role === 'telemetry' ? 'Error' : 'KeepLast',
    for: hold,
    annotations: mapValues(annotations, withGrafanaValue),
    labels: { ...mapValues(labels, withoutVariables), alert },
  }
}

/** Labels that every alert has, and that do not tell two rules apart or stand in their title already. */
const COMMON = new Set(['team', 'role', 'service', 'severity', 'kind'])

/** A title that is the only one in the team's folder: Grafana makes it the `alertname`. */
function titleOf({ alert, labels }: AlertRule): string {
  const details = Object.entries(labels).flatMap(([name, value = '']) =>
    COMMON.has(name) || value === 'listed' ? [] : value === 'default' ? 'by default' : value,
  )
  const words = labels.service === 'all' ? details : [labels.service, ...details]
  return words.length === 0 ? alert : `${alert}: ${words.join(', ')}`
}

/** `$value` is the number in Prometheus, and in Grafana a text about all queries. */
const withGrafanaValue = (text: string): string =>
  text.replaceAll(/\{\{[^}]*\}\}/g, template =>
    template.replaceAll(/\$value\b/g, '$values.A.Value'),
  )

function mapValues(
  record: object,
  change: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, change(value)]] : [],
    ),
  )
}
