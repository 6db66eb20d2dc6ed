import type { AlertRule } from '../alerts/alert-rule.ts'
import type { TeamRules } from '../alerts/team-rules.ts'
import type { Ownership } from '../ownership.ts'
import { TOLD_SEVERITIES } from '../routing/receiver-names.ts'
import { alertDetail, createDestinations, reachOf } from './alert-destination.ts'
import { type AlertScope, readScope } from './alert-scope.ts'
import { listSubjects, type Subject } from './catalog-subjects.ts'
import type { AlertEnd, AlertMove, ChannelMove } from './ownership-diff.ts'

/** A catalog, and the rules that follow from it. */
export interface Version {
  readonly ownership: Ownership
  readonly rules: readonly TeamRules[]
}

/** Each alert that another receiver gets now, with what it is about: a route, a queue, a dependency, or a service. */
export function diffAlerts(before: Version, after: Version): readonly AlertMove[] {
  const [old, now] = [byService(before), byService(after)]
  return [...new Set([...old.keys(), ...now.keys()])].toSorted().flatMap(service => {
    const [rulesBefore, rulesNow] = changedRules(old.get(service) ?? [], now.get(service) ?? [])
    if (rulesBefore.length === 0 && rulesNow.length === 0) return []
    const [alertsBefore, alertsNow] = [endsOf(before, rulesBefore), endsOf(after, rulesNow)]
    const parting = partingLabels([...alertsBefore, ...alertsNow])
    return listSubjects([before.ownership, after.ownership], service).flatMap(subject =>
      movesOf(subject, alertsBefore, alertsNow, parting),
    )
  })
}

/** Teams whose alerts of a severity reach another channel. */
export function diffChannels(before: Ownership, after: Ownership): readonly ChannelMove[] {
  const teams = [...after.catalog.teams.keys()].filter(team => before.catalog.teams.has(team))
  return teams.toSorted().flatMap(team =>
    TOLD_SEVERITIES.flatMap(severity => {
      const { channel: from } = reachOf(before, team, severity)
      const { channel: to } = reachOf(after, team, severity)
      return from === to ? [] : [{ team, severity, from, to }]
    }),
  )
}

function byService({ rules }: Version): Map<string, AlertRule[]> {
  const all = rules.flatMap(({ alerts }) => alerts.flatMap(group => group.rules))
  return Map.groupBy(all, ({ labels }) => labels.service)
}

/** The rules of those alerts of which any rule differs: reading queries takes time, and most stay as they are. */
function changedRules(
  before: readonly AlertRule[],
  now: readonly AlertRule[],
): readonly [readonly AlertRule[], readonly AlertRule[]] {
  const [old, current] = [Map.groupBy(before, keyOf), Map.groupBy(now, keyOf)]
  const isChanged = (rule: AlertRule): boolean =>
    signature(old.get(keyOf(rule))) !== signature(current.get(keyOf(rule)))
  return [before.filter(isChanged), now.filter(isChanged)]
}

/** What tells the alerts of a service apart, but for whom they tell and what they are about. */
const keyOf = (rule: AlertRule): string => `${rule.alert} ${detailOf(rule)}`
const detailOf = (rule: AlertRule): string => alertDetail(rule, ['dependency', 'queue'])

const signature = (rules: readonly AlertRule[] = []): string =>
  rules
    .map(({ labels, expr }) => JSON.stringify([labels, expr]))
    .toSorted()
    .join('\n')

/** An alert of one version, ready to be asked what it is about. */
interface Ready {
  readonly key: string
  readonly alert: string
  readonly detail: string
  readonly scope: AlertScope
  readonly end: AlertEnd
}

/** Labels by which alerts of one name are parted between teams. */
const PARTING = new Set([
  'http_request_method',
  'http_route',
  'db_namespace',
  'server_address',
  'server_port',
  'queue',
  'team',
])

function endsOf({ ownership }: Version, rules: readonly AlertRule[]): readonly Ready[] {
  const destinationOf = createDestinations(ownership)
  return rules.map(rule => {
    const { alert, labels, expr } = rule
    return {
      key: keyOf(rule),
      alert,
      detail: detailOf(rule),
      scope: readScope(expr),
      end: { team: labels.team, severity: labels.severity, ...destinationOf(rule) },
    }
  })
}

/** Labels that part each alert; one that is parted in one version is so in both. */
function partingLabels(alerts: readonly Ready[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...Map.groupBy(alerts, ({ key }) => key)].map(([key, some]) => {
      const labels = some.flatMap(({ scope }) => [...scope.labels])
      return [key, labels.filter(label => PARTING.has(label))]
    }),
  )
}

function movesOf(
  subject: Subject,
  before: readonly Ready[],
  now: readonly Ready[],
  parting: ReadonlyMap<string, readonly string[]>,
): AlertMove[] {
  const isAbout = ({ key, scope }: Ready): boolean => {
    const labels = parting.get(key) ?? []
    const isApart =
      subject.by.length === 0
        ? labels.length === 0
        : labels.some(label => subject.by.includes(label))
    return isApart && scope.takes(subject.series)
  }
  const old = new Map(before.filter(isAbout).map(ready => [ready.key, ready]))
  const current = new Map(now.filter(isAbout).map(ready => [ready.key, ready]))
  return [...new Set([...old.keys(), ...current.keys()])].toSorted().flatMap(key => {
    const [from, to] = [old.get(key), current.get(key)]
    const { alert = '', detail = '' } = to ?? from ?? {}
    if (from?.end.receiver === to?.end.receiver) return []
    return [{ alert, detail, about: subject.name, from: from?.end, to: to?.end }]
  })
}
