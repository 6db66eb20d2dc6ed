import { expect, test } from 'vitest'
import { compileRules } from '../src/alerts/compile-rules.ts'
import { managedRule } from '../src/grafana/managed-rule.ts'
import { makeAlert } from './make-alert.ts'
import { exampleOwnership } from './read-ownership.ts'

interface Managed {
  readonly uid: string
  readonly title: string
  readonly condition: string
  readonly data: readonly {
    readonly refId: string
    readonly datasourceUid: string
    readonly model: { readonly refId: string; readonly expr?: string; readonly expression?: string }
  }[]
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

const managed = (change: Parameters<typeof makeAlert>[0] = {}): Managed =>
  managedRule(makeAlert(change)) as unknown as Managed

const rules = compileRules(exampleOwnership())

test('Prometheus is asked once, and every series that comes back fires, be its value 0', () => {
  const expr = 'sum by (job) (rate(a{route=~"/x$"}[5m])) == 0'
  expect(managed({ expr })).toMatchObject({
    condition: 'B',
    data: [
      { refId: 'A', datasourceUid: 'prometheus', model: { refId: 'A', expr, instant: true } },
      {
        refId: 'B',
        datasourceUid: '__expr__',
        model: { refId: 'B', type: 'math', expression: 'is_number($A) || is_inf($A)' },
      },
    ],
    noDataState: 'OK',
  })
})

test('labels, texts, uid and "for" are those of the rule', () => {
  const rule = makeAlert()
  expect(managedRule(rule)).toMatchObject({
    uid: rule.uid,
    for: '5m',
    labels: { ...rule.labels, alert: 'HttpErrorRatioHigh' },
    annotations: {
      ...rule.annotations,
      summary:
        '{{ $labels.http_route }} fails {{ $values.A.Value | humanizePercentage }} of its requests',
    },
  })
  expect(managedRule(makeAlert({ for: undefined }))).toMatchObject({ for: '0s' })
})

test('only the team of telemetry is told that Prometheus does not answer', () => {
  const labels = makeAlert().labels
  expect(managedRule(makeAlert())).toMatchObject({ execErrState: 'KeepLast' })
  expect(managedRule(makeAlert({ labels: { ...labels, role: 'telemetry' } }))).toMatchObject({
    execErrState: 'Error',
  })
})

test.for([
  [{}, 'HttpErrorRatioHigh: web'],
  [{ service: 'all' }, 'HttpErrorRatioHigh'],
  [
    { ownership: 'listed', slo: 'availability', window: '1h' },
    'HttpErrorRatioHigh: web, availability, 1h',
  ],
  [{ ownership: 'default' }, 'HttpErrorRatioHigh: web, by default'],
  [{ service: 'a$b' }, 'HttpErrorRatioHigh: a$$b'],
] as const)('labels %j give the title %s', ([change, title]) => {
  const labels = { ...makeAlert().labels, ...change }
  expect(managed({ labels }).title).toBe(title)
})

test('a value is only replaced within a template, and only a whole variable', () => {
  const annotations = {
    ...makeAlert().annotations,
    description: 'costs $value: {{ $value }} of {{ $valued }}, {{ printf "%.1f" $value }}',
  }
  expect(managed({ annotations }).annotations['description']).toBe(
    'costs $value: {{ $values.A.Value }} of {{ $valued }}, {{ printf "%.1f" $values.A.Value }}',
  )
})

test.for(rules)('what Grafana is given for $team it takes', ({ alerts }) => {
  const given = alerts.flatMap(group =>
    group.rules.map(rule => managedRule(rule) as unknown as Managed),
  )
  expect(duplicates(given.map(({ title }) => title))).toEqual([])
  for (const { uid, labels, annotations } of given) {
    expect(uid).toMatch(/^[\w-]{1,40}$/)
    // Grafana puts environment variables into labels, and braced ones into annotations.
    expect(Object.values(labels).filter(label => /(?<!\$)\$(?!\$)/.test(label))).toEqual([])
    for (const text of Object.values(annotations)) {
      expect(text).not.toContain('${')
      // What Prometheus knows and Grafana does not.
      expect(text).not.toMatch(/\{\{[^}]*(\$value\b|\$externalLabels|\$externalURL|\bquery )/)
    }
  }
})

test('no two rules of the examples have one uid', () => {
  const uids = rules.flatMap(({ alerts }) =>
    alerts.flatMap(group => group.rules.map(({ uid }) => uid)),
  )
  expect(duplicates(uids)).toEqual([])
})

const duplicates = (texts: readonly string[]): string[] =>
  texts.filter((text, index) => texts.indexOf(text) !== index)
