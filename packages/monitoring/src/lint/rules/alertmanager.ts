import type { Problem } from '@throughline/catalog'
import { ALERTS } from '../../alerts/alert-list.ts'
import { receiverOf, TOLD_SEVERITIES, WATCHDOG } from '../../routing/receiver-names.ts'
import { type AlertmanagerFile, receiversOf } from '../alertmanager-file.ts'
import type { LintRule } from '../finding.ts'
import type { LintContext } from '../lint-context.ts'
import { entriesOf, itemsOf, type Located, textOf } from '../located-yaml.ts'
import type { AlertEntry } from '../rule-files.ts'
import { quote, replacementFor } from '../wording.ts'

/** Rules on Alertmanager's configuration. */
export const ALERTMANAGER_RULES: readonly LintRule<LintContext>[] = [
  {
    id: 'alert-misrouted',
    level: 'error',
    find: context =>
      context.alertmanager === undefined
        ? []
        : context.alerts.flatMap(alert => misrouted(alert, context.alertmanager, context)),
  },
  {
    id: 'inhibit-without-equal',
    level: 'error',
    find: ({ alertmanager }) =>
      inhibitionsOf(alertmanager)
        .filter(rule => itemsOf(entriesOf(rule).get('equal')).length === 0)
        .map(({ at }) => ({
          at,
          message: 'an inhibition has no "equal": one alert would silence those of every team',
          fix: 'add equal: [team, service], or the labels that both must have alike',
        })),
  },
  {
    id: 'inhibit-source-unknown',
    level: 'error',
    find: ({ alertmanager, alerts }) => {
      const known = new Set([...Object.keys(ALERTS), ...alerts.map(({ name }) => name)])
      return inhibitionsOf(alertmanager).flatMap(rule =>
        itemsOf(entriesOf(rule).get('source_matchers')).flatMap(matcher => {
          const [, name] = /^alertname\s*=\s*"?([^"~]+?)"?$/.exec(textOf(matcher) ?? '') ?? []
          if (name === undefined || known.has(name)) return []
          const message = `an inhibition waits for the alert ${quote(name)}, which does not exist`
          return [{ at: matcher.at, message, fix: replacementFor(name, known, 'remove it') }]
        }),
      )
    },
  },
  {
    id: 'secret-in-plain',
    level: 'error',
    find: ({ alertmanager }) => (alertmanager === undefined ? [] : secretsIn(alertmanager.root)),
  },
]

function misrouted(
  { at, name, labels }: AlertEntry,
  alertmanager: AlertmanagerFile | undefined,
  { catalog }: LintContext,
): Problem[] {
  const values = new Map([...labels].map(([label, node]) => [label, textOf(node) ?? '']))
  const team = values.get('team') ?? ''
  const severity = values.get('severity')
  const told = TOLD_SEVERITIES.find(known => known === severity)
  if (alertmanager === undefined || !catalog.teams.has(team)) return []
  if (told === undefined && severity !== 'none') return []
  const expected = told === undefined ? WATCHDOG : receiverOf(team, told)
  const got = receiversOf(alertmanager, values.set('alertname', name))
  if (got.length === 1 && got[0] === expected) return []
  return [
    {
      at,
      message: `alert ${name} (team ${team}, severity ${severity}) reaches ${got.map(quote).join(' and ')} and not ${quote(expected)}`,
      fix: `run throughline generate, or mend the routes of ${alertmanager.file}`,
    },
  ]
}

const inhibitionsOf = (file: AlertmanagerFile | undefined): readonly Located[] =>
  itemsOf(entriesOf(file?.root).get('inhibit_rules'))

/** Settings of Alertmanager's receivers that hold a secret; each has a twin that ends with `_file`. */
const SECRET =
  /^(.*_)?(password|secret|token|credentials|api_key|routing_key|service_key|user_key|slack_api_url|api_url|webhook_url|url)$/
/** An address within the machine, and a reference to a variable, are no secrets. */
const HARMLESS = /^(https?:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)|\$\{?\w+\}?$|$)/

function secretsIn(node: Located | undefined, within = ''): Problem[] {
  const listed = itemsOf(node).flatMap(item => secretsIn(item, within))
  const named = [...entriesOf(node)].flatMap(([key, inner]) => {
    const value = textOf(inner)
    const isSecret = SECRET.test(key) && (key !== 'url' || within === 'webhook_configs')
    if (value === undefined || !isSecret || HARMLESS.test(value)) return secretsIn(inner, key)
    // The value may be the secret, so it is not repeated.
    const message = `${quote(key)} holds a secret in plain text`
    return [
      { at: inner.at, message, fix: `write ${key}_file: and the path of a file that holds it` },
    ]
  })
  return [...listed, ...named]
}
