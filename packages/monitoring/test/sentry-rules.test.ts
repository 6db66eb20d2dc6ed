import { expect, test } from 'vitest'
import { renderSentryRules } from '../src/exports/sentry-rules.ts'
import { exampleOwnership, ownershipOf } from './read-ownership.ts'

interface SentryEvent {
  readonly url?: string
  readonly file?: string
  readonly team?: string
}

/** Owners by the last rule that matches, as Sentry reads its rules: `*` crosses slashes, case does not matter. */
function ownersOf(rules: string, { url = '', file = '', team = '' }: SentryEvent): string[] {
  let owners: string[] = []
  for (const line of rules.split('\n')) {
    const [, kind = '', quoted, bare = '', named = ''] =
      /^(url|path|tags\.team):(?:"([^"]+)"|(\S+)) (.+)$/.exec(line) ?? []
    const glob = (quoted ?? bare).replaceAll(/[.+^$()|\\]/g, '\\$&')
    const pattern = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i')
    const value = kind === 'url' ? url : kind === 'path' ? file : team
    if (kind !== '' && value !== '' && pattern.test(value)) owners = named.split(' ')
  }
  return owners
}

const rules = renderSentryRules(exampleOwnership())

test('every line is a comment, or a rule with an owner', () => {
  for (const line of rules.trimEnd().split('\n')) {
    expect(line).toMatch(/^$|^# |^(url|path|tags\.team):\S+( #[\w-]+)+$/)
  }
})

test('the team on an event decides, whatever the file and the address say', () => {
  const event = { url: 'http://127.0.0.1:3000/admin', file: '/srv/examples/web/src/a.ts' }
  expect(ownersOf(rules, { ...event, team: 'billing' })).toEqual(['#billing'])
})

test('without a team the address decides, and the file without an address', () => {
  const file = '/srv/examples/web/src/a.ts'
  expect(ownersOf(rules, { file })).toEqual(['#growth'])
  expect(ownersOf(rules, { file, url: 'http://127.0.0.1:3000/admin/users' })).toEqual(['#security'])
})

test('every address of the examples is given to the team of its route', () => {
  const { catalog, resolver } = exampleOwnership()
  for (const [service, { routes, hosts }] of catalog.services) {
    for (const host of hosts) {
      for (const { match } of routes) {
        const path = match.text.slice(match.text.indexOf('/')).replaceAll(/\*+|\[\w+\]|:\w+/g, '7')
        const { team } = resolver.route(service, match.method, path)
        expect(ownersOf(rules, { url: `http://${host}${path}` })).toEqual([`#${team}`])
      }
    }
  }
})

test('a team without a slug is named in a comment and owns nothing', () => {
  expect(rules).toContain('# Without a sentry slug in the catalog: product\n')
  expect(rules).not.toContain('#product')
})

const teams = `version: 1
org: { defaultTeam: a }
teams: { a: { name: A, sentry: a }, b: { name: B, sentry: b } }
`

test('an exact path wins over the wildcard beside it, and a wildcard over the rest', () => {
  const routes = `services:
  web:
    kind: node
    routes:
      - { match: "/x/new", team: a }
      - { match: "/x/*", team: b }
      - { match: "/**", team: a }
`
  const text = renderSentryRules(ownershipOf(teams + routes))
  expect(ownersOf(text, { url: 'https://x.example/x/new' })).toEqual(['#a'])
  expect(ownersOf(text, { url: 'https://x.example/x/1' })).toEqual(['#b'])
  expect(ownersOf(text, { url: 'https://x.example/' })).toEqual(['#a'])
  expect(ownersOf(text, { url: 'https://x.example/y/z' })).toEqual(['#a'])
})

test('an address that differs by method alone names both teams', () => {
  const routes = `services:
  web: { kind: node, routes: [{ match: "GET /x", team: b }, { match: "POST /x", team: a }] }
`
  expect(renderSentryRules(ownershipOf(teams + routes))).toContain('url:*/x #a #b\n')
})

test('a bracket in a path is any character, since Sentry reads a choice of letters', () => {
  const services = `services: { web: { kind: next, paths: ["app/[id]/my page.ts"] } }\n`
  const text = renderSentryRules(ownershipOf(teams + services))
  expect(text).toContain('path:"*app/?id?/my page.ts" #a\n')
})

test('a text that is too long for Sentry leaves the addresses out, and says so', () => {
  const many = (count: number): string =>
    renderSentryRules(
      ownershipOf(`${teams}services:
  web:
    kind: node
    routes:
${Array.from({ length: count }, (_, index) => `      - { match: "GET /some/route/number/${index}", team: b }`).join('\n')}
`),
    )
  expect(many(2000)).toContain('url:')
  const text = many(4000)
  expect(text).not.toContain('url:')
  expect(text).toContain('# No rules by address: Sentry takes no more than 100000 characters.')
  expect(text).toContain('tags.team:b #b')
})
