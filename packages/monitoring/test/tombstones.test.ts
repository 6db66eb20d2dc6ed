import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { TeamRules } from '../src/alerts/team-rules.ts'
import { compileRules } from '../src/alerts/compile-rules.ts'
import { renderGrafanaFiles } from '../src/grafana/render-grafana-files.ts'
import type { Ownership } from '../src/ownership.ts'
import { exampleOwnership, teamsWith } from './read-ownership.ts'
import { makeAlert } from './make-alert.ts'

type Files = ReadonlyMap<string, string>

const DELETED = 'alerts/grafana-managed/deleted.yaml'
const NOTHING: Files = new Map()

const ownership = teamsWith({ billing: "{ ticket: '#billing' }", data: "{ ticket: '#data' }" })

const teamRules = (team: string, ...uids: readonly string[]): TeamRules => ({
  team,
  recording: [],
  alerts: [{ name: 'web', rules: uids.map(uid => makeAlert({ uid })) }],
})

const render = (rules: readonly TeamRules[], previous: Files, of: Ownership = ownership): Files =>
  new Map(renderGrafanaFiles(of, rules, previous).map(({ path, text }) => [path, text]))

const deletedBy = (
  files: Files,
): { readonly rules: string[]; readonly contactPoints: string[] } => {
  const { deleteRules, deleteContactPoints } = parse(files.get(DELETED) ?? '') as Readonly<
    Record<string, readonly { readonly uid: string; readonly orgId: number }[]>
  >
  return {
    rules: (deleteRules ?? []).map(({ uid }) => uid),
    contactPoints: (deleteContactPoints ?? []).map(({ uid }) => uid),
  }
}

test('the first time nothing is deleted', () => {
  expect(deletedBy(render([teamRules('billing', 'one', 'two')], NOTHING))).toEqual({
    rules: [],
    contactPoints: [],
  })
})

test('a rule that is gone is deleted, and stays deleted', () => {
  const first = render([teamRules('billing', 'one', 'two'), teamRules('data', 'three')], NOTHING)
  const second = render([teamRules('billing', 'two')], first)
  expect(deletedBy(second).rules).toEqual(['one', 'three'])
  const third = render([teamRules('billing', 'four')], second)
  expect(deletedBy(third).rules).toEqual(['one', 'three', 'two'])
})

test('rendered over its own output it stays the same, and so do all files', () => {
  const first = render([teamRules('billing', 'one', 'two')], NOTHING)
  const second = render([teamRules('billing', 'two')], first)
  expect(render([teamRules('billing', 'two')], second)).toEqual(second)
})

test('a rule that comes back is not deleted', () => {
  const first = render([teamRules('billing', 'one')], NOTHING)
  const second = render([teamRules('billing')], first)
  expect(deletedBy(second).rules).toEqual(['one'])
  expect(deletedBy(render([teamRules('data', 'one')], second)).rules).toEqual([])
})

test('a rule that moves to another team is not deleted', () => {
  const first = render([teamRules('billing', 'one')], NOTHING)
  expect(deletedBy(render([teamRules('data', 'one')], first)).rules).toEqual([])
})

test('contact points of a team that is gone are deleted', () => {
  const first = render([], NOTHING)
  const second = render([], first, teamsWith({ billing: "{ ticket: '#billing' }" }))
  expect(deletedBy(second).contactPoints).toEqual([
    'throughline-data-notice',
    'throughline-data-page',
    'throughline-data-ticket',
  ])
  expect(deletedBy(render([], second)).contactPoints).toEqual([])
})

test('files of others, and uids of data sources, are no rules', () => {
  const previous = new Map([
    ['alerts/billing/alerts.rules.yaml', 'groups:\n  - uid: foreign\n'],
    ...render([teamRules('billing', 'one')], NOTHING),
  ])
  expect(deletedBy(render([teamRules('billing', 'one')], previous)).rules).toEqual([])
})

test('it is read before the rules, whose titles it may free', () => {
  const paths = [...render([teamRules('billing', 'one')], NOTHING).keys()]
  expect(paths).toEqual(paths.toSorted())
  expect(paths.indexOf(DELETED)).toBeLessThan(
    paths.indexOf('alerts/grafana-managed/rules-billing.yaml'),
  )
})

test('the files of the examples are a fixed point', () => {
  const examples = exampleOwnership()
  const rules = compileRules(examples)
  const first = render(rules, NOTHING, examples)
  expect(deletedBy(first)).toEqual({ rules: [], contactPoints: [] })
  expect(render(rules, first, examples)).toEqual(first)
  const [someTeam, ...others] = rules
  const gone = someTeam?.alerts.flatMap(group => group.rules.map(({ uid }) => uid)) ?? []
  expect(gone.length).toBeGreaterThan(0)
  expect(deletedBy(render(others, first, examples)).rules).toEqual(gone.toSorted())
})
