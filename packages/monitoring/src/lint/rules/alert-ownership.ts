import { type Problem, ROLES } from '@throughline/catalog'
import type { AlertTest } from '../alert-test-files.ts'
import type { LintRule } from '../finding.ts'
import type { LintContext } from '../lint-context.ts'
import { textOf } from '../located-yaml.ts'
import { metricLabels } from '../metric-labels.ts'
import type { Matcher, Selector } from '../promql-selectors.ts'
import type { AlertEntry, RecordingEntry } from '../rule-files.ts'
import { quote } from '../wording.ts'
import { type RouteExample, sampleRoutes } from './route-samples.ts'

/** Rules that hold alerts against what the catalog says of the team they name. */
export const ALERT_OWNERSHIP_RULES: readonly LintRule<LintContext>[] = [
  {
    id: 'alert-foreign-route',
    level: 'error',
    find: context => {
      const examples = rememberExamples(context)
      return context.alerts.flatMap(alert => foreignRoutes(alert, context, examples))
    },
  },
  {
    id: 'rule-duplicate',
    level: 'error',
    find: ({ alerts, allRecordings }) => [...duplicates(alerts), ...duplicates(allRecordings)],
  },
  {
    id: 'alert-untested',
    level: 'error',
    find: ({ alerts, tests }) => {
      const byAlert = Map.groupBy(tests, test => test.alert)
      return alerts.flatMap(alert => missingTests(alert, byAlert.get(alert.name) ?? []))
    },
  },
]

type Examples = (service: string) => readonly RouteExample[]

function rememberExamples({ ownership }: LintContext): Examples {
  const known = new Map<string, readonly RouteExample[]>()
  return service => {
    const found = known.get(service) ?? sampleRoutes(service, ownership)
    known.set(service, found)
    return found
  }
}

/** Routes of the catalog that an alert's query selects, though the catalog gives them to another team for its role. */
function foreignRoutes(
  { name, queryAt, query, labels }: AlertEntry,
  { catalog, ownership: { resolver } }: LintContext,
  examples: Examples,
): Problem[] {
  const team = textOf(labels.get('team'))
  const role = ROLES.find(known => known === textOf(labels.get('role')))
  // Whoever took a decision is told of its triggers, whosever route they measure.
  const decision = catalog.decisions.find(({ id }) => id === textOf(labels.get('decision')))
  if (role === undefined || decision?.by === team) return []
  if (team === undefined || !catalog.teams.has(team)) return []
  const foreign = new Map<string, string>()
  for (const selector of query.selectors) {
    const service = valueOf(selector, 'job') ?? textOf(labels.get('service')) ?? ''
    const ownerOf = ({ method, path }: RouteExample): string | undefined =>
      resolver.role(service, role, { method, path }).team
    const paths = Map.groupBy(examples(service), ({ path }) => path)
    for (const same of paths.values()) {
      // Series that say no method hold those of several teams: whoever gets their alert, some are another's.
      if (!saysMethod(selector) && new Set(same.map(ownerOf)).size > 1) continue
      for (const example of same.filter(({ method, path }) =>
        selectsRoute(selector, method, path),
      )) {
        const owner = ownerOf(example)
        if (owner !== undefined && owner !== team) foreign.set(example.route.match.text, owner)
      }
    }
  }
  return [...foreign].map(([route, owner]) => ({
    at: queryAt,
    message: `alert ${name} of team ${quote(team)} matches ${quote(route)}, which the catalog gives to ${quote(owner)}`,
    fix: `leave the route out of the query, or label the alert team: ${owner}`,
  }))
}

const saysMethod = ({ metric }: Selector): boolean =>
  metric === undefined || metricLabels(metric).has('http_request_method')

const valueOf = ({ matchers }: Selector, label: string): string | undefined =>
  matchers.find(matcher => matcher.label === label && matcher.operator === '=')?.value

/** Whether a selector names routes, and this is one of them. */
function selectsRoute({ matchers }: Selector, method: string, path: string): boolean {
  if (!matchers.some(({ label }) => label === 'http_route')) return false
  return matchers.every(matcher => {
    if (matcher.label === 'http_route') return holds(matcher, path)
    return matcher.label !== 'http_request_method' || holds(matcher, method)
  })
}

function holds({ operator, value }: Matcher, actual: string): boolean {
  switch (operator) {
    case '=':
      return actual === value
    case '!=':
      return actual !== value
    case '=~':
      return matchesWhole(value, actual)
    case '!~':
      return !matchesWhole(value, actual)
  }
}

/** Prometheus anchors its expressions. One that only RE2 can read selects nothing here. */
function matchesWhole(expression: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`, 's').test(text)
  } catch {
    return false
  }
}

/** Rules that say the same twice: Prometheus would tell everybody twice, or refuse the series. */
function duplicates(rules: readonly RecordingEntry[]): Problem[] {
  const seen = new Map<string, string>()
  return rules.flatMap(({ at, name, query, labels }) => {
    const key = [
      name,
      query.text,
      ...[...labels].map(([label, node]) => `${label}=${textOf(node)}`),
    ]
    const first = seen.get(key.join('\n'))
    if (first === undefined) {
      seen.set(key.join('\n'), at)
      return []
    }
    const message = `rule ${name} stands at ${first} already, with the same query and labels`
    return [{ at, message, fix: 'remove one of the two' }]
  })
}

/** A case in which the alert fires, and one in which it stays quiet. */
function missingTests(
  { at, name, file, labels }: AlertEntry,
  tests: readonly AlertTest[],
): Problem[] {
  const own = tests.filter(test => test.ruleFiles.some(path => covers(path, file)))
  const fires = own.some(test =>
    test.fires.some(expected =>
      [...labels].every(([label, node]) => {
        const value = textOf(node) ?? ''
        return value.includes('{{') || textOf(expected.get(label)) === value
      }),
    ),
  )
  const missing = [
    ...(fires ? [] : ['in which it fires with its labels']),
    ...(own.some(test => test.fires.length === 0) ? [] : ['in which it stays quiet']),
  ]
  return missing.map(side => ({
    at,
    message: `alert ${name} has no test ${side}`,
    fix: `add one to a *.test.yaml that has ${quote(file.replace(/^.*\//, ''))} among its rule_files`,
  }))
}

/** Whether a path of `rule_files`, which may hold a `*`, names a file. */
function covers(pattern: string, file: string): boolean {
  if (!pattern.includes('*')) return pattern === file
  const expression = pattern.split('*').map(part => part.replaceAll(/[\\^$.+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${expression.join('[^/]*')}$`).test(file)
}
