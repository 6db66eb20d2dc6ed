import { parseCatalog } from '@throughline/catalog'
import { expect, test } from 'vitest'
import { renameTeam } from '../src/review/rename-team.ts'
import { exampleText } from './read-ownership.ts'

const today = new Date('2026-11-24')

function renamed(text: string, from: string, to: string): string {
  const edited = renameTeam(text, from, to, { today })
  if (!edited.ok) throw new Error(JSON.stringify(edited.problems))
  return edited.value.text
}

/** A catalog that names team `a` in every place that can, and in places that cannot. */
const everywhere = (a: string): string => `version: 1
org: { github: a, defaultTeam: ${a}, leads: ["@a"] } # a
teams:
  # a team called a
  ${a}: { name: a, github: "@a/a", sentry: a, channels: { people: "#a", page: pagerduty:env:A } }
  b: { name: B }
services:
  a: # a service called like the team
    kind: node
    hosts: [a]
    paths: [a]
    roles: { productionFix: ${a}, data: "${a}", authReview: b }
    routes:
      - { match: "/a", team: '${a}', roles: { performance: ${a} } }
    queues: [{ name: a, team: ${a} }]
    dependencies: [{ db: a, team: ${a} }, { host: a, team: b }]
decisions:
  - { id: a, question: a, chosen: a, on: 2026-01-01, by: ${a} }
exceptions:
  - { rule: review-overdue, target: a, until: 2027-01-01, reason: a, by: ${a} }
`

test('an id is renamed wherever it is a team, and nowhere else', () => {
  expect(renamed(everywhere('a'), 'a', 'alpha')).toBe(everywhere('alpha'))
})

test('an exception from the review of a team follows it', () => {
  const text = `version: 1
org: { defaultTeam: a }
teams: { a: { name: A } }
exceptions:
  - { rule: review-overdue, target: "a", until: 2027-01-01, reason: a, by: a }
`
  expect(renamed(text, 'a', 'alpha')).toContain(
    'target: "alpha", until: 2027-01-01, reason: a, by: alpha',
  )
})

test('renaming there and back is the same text, with line ends of Windows too', () => {
  const windows = exampleText.replaceAll('\n', '\r\n')
  for (const text of [exampleText, windows]) {
    expect(renamed(renamed(text, 'billing', 'money'), 'money', 'billing')).toBe(text)
  }
})

test('a renamed catalog still parses, and only knows the new id', () => {
  const parsed = parseCatalog(renamed(exampleText, 'platform', 'infra'), { today })
  expect(parsed.ok && [...parsed.value.teams.keys()]).toContain('infra')
  expect(parsed.ok && parsed.value.teams.has('platform')).toBe(false)
})

test('an id that YAML would read as something else is put in quotes', () => {
  expect(
    renamed('version: 1\norg: { defaultTeam: a }\nteams: { a: { name: A } }\n', 'a', 'null'),
  ).toBe('version: 1\norg: { defaultTeam: "null" }\nteams: { "null": { name: A } }\n')
})

test('what an alias repeats is renamed once', () => {
  const text =
    'version: 1\norg: { defaultTeam: &t a }\nteams: { a: { name: A } }\nservices: { web: { kind: node, roles: { data: *t } } }\n'
  expect(renamed(text, 'a', 'b')).toBe(text.replace('&t a', '&t b').replace('{ a: {', '{ b: {'))
})

test.for([
  [
    'biling',
    'money',
    { at: 'ownership.yaml', message: 'team "biling" is not defined', fix: 'name billing' },
  ],
  [
    'billing',
    'growth',
    {
      at: 'ownership.yaml:12',
      message: 'team "growth" is there already',
      fix: 'name an id that is free',
    },
  ],
  [
    'billing',
    'Money Team',
    {
      at: 'ownership.yaml',
      message: '"Money Team" is not an id of small letters, digits and hyphens',
      fix: 'name money-team',
    },
  ],
] as const)('renaming %s to %s is refused', ([from, to, problem]) => {
  expect(renameTeam(exampleText, from, to, { today })).toEqual({ ok: false, problems: [problem] })
})

test('an edit that would break the catalog is refused, and says so', () => {
  const text =
    'version: 1\norg: { defaultTeam: a }\nteams: { a: { name: &n a }, b: { name: B } }\nservices: { web: { kind: node, roles: { data: *n } } }\n'
  expect(renameTeam(text, 'a', 'alpha', { today })).toMatchObject({
    ok: false,
    problems: [
      {
        message: expect.stringContaining(
          'the edit would break the catalog: team "a" is not defined',
        ),
      },
    ],
  })
})
