import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Catalog, createResolver, parseCatalog, renderProblems } from '../src/index.ts'

const text = readFileSync(new URL('fixtures/ownership.yaml', import.meta.url), 'utf8')
const today = new Date('2026-11-23T12:00:00Z')

function parse(catalog: string, options = {}): Catalog {
  const parsed = parseCatalog(catalog, { today, ...options })
  if (!parsed.ok) throw new Error(renderProblems(parsed.problems))
  return parsed.value
}

describe('a valid catalog', () => {
  const catalog = parse(text, { file: 'ownership.yaml' })

  test('keeps teams and services in the order of the file, each with its line', () => {
    expect([...catalog.teams.keys()]).toEqual([
      'billing',
      'growth',
      'partners',
      'data',
      'security',
      'platform',
      'product',
    ])
    expect([...catalog.services.keys()]).toEqual(['web', 'partner-api', 'report-worker'])
    expect(catalog.teams.get('growth')).toMatchObject({ name: 'Growth', line: 12 })
    expect(catalog.services.get('web')).toMatchObject({ kind: 'next', line: 19 })
  })

  test('turns durations, thresholds, routes and roles into what they mean', () => {
    const web = catalog.services.get('web')
    expect(web?.reviewEvery).toEqual({ text: '90d', ms: 7_776_000_000 })
    expect(web?.roles?.schemaApproval).toEqual({ team: 'data', line: 24 })
    expect(web?.routes[0]?.match).toMatchObject({ method: 'POST', segments: { length: 3 } })
    expect(catalog.decisions[0]?.revisitWhen[0]).toMatchObject({
      route: { service: 'web', pattern: { text: 'GET /api/invoices/export' } },
      cpuShare: { text: '>0.5', above: true, value: 0.5 },
      p95: { value: 2000 },
      for: { ms: 604_800_000 },
      concurrency: undefined,
    })
  })

  test('leaves lists that are not written empty, and other keys undefined', () => {
    expect(catalog.services.get('report-worker')).toMatchObject({
      hosts: [],
      routes: [],
      dependencies: [],
      roles: undefined,
      criticality: undefined,
    })
  })

  test('needs no more than a version, a default team and that team', () => {
    const least = parse('version: 1\norg: { defaultTeam: a }\nteams: { a: { name: A } }\n')
    expect(least.services.size).toBe(0)
    expect(least.exceptions).toEqual([])
  })
})

describe('other ways to write the same', () => {
  const lines = ['version: 1', 'org:', '  defaultTeam: a', 'teams:', '  a:', '    name: A', '']
  const plain = parse(lines.join('\n'))

  test.for([
    ['carriage returns', lines.join('\r\n')],
    ['a byte order mark', `\ufeff${lines.join('\n')}`],
    ['a document start', `---\n${lines.join('\n')}`],
    ['JSON', '{"version":1,"org":\n\n{"defaultTeam":"a"},"teams":\n\n{"a":{"name":"A"}}}'],
    ['flow style', '{ version: 1, org:\n\n  { defaultTeam: a }, teams:\n\n  { a: { name: A } } }'],
    ['anchors', lines.join('\n').replace(' a\n', ' &team a\n')],
    ['escapes', lines.join('\n').replace('name: A', 'name: "\\u0041"')],
    ['a block scalar', lines.join('\n').replace('name: A', 'name: >-\n      A')],
  ] as const)('%s', ([, other]) => {
    const { org, teams } = parse(other)
    expect(org.defaultTeam.team).toBe(plain.org.defaultTeam.team)
    expect([...teams.values()].map(({ name }) => name)).toEqual(['A'])
  })

  test('an alias may repeat roles', () => {
    const catalog = parse(
      `${lines.join('\n')}services:\n  b: { kind: node, roles: &roles { data: a } }\n  c: { kind: node, roles: *roles }\n`,
    )
    expect(catalog.services.get('c')?.roles?.data).toEqual({ team: 'a', line: 8 })
  })
})

describe('dates', () => {
  const exceptionUntil = (until: string): string =>
    `version: 1\norg: { defaultTeam: a }\nteams: { a: { name: A } }\nservices: { web: { kind: next } }\nexceptions: [{ rule: route-unowned, target: web /old, until: ${until}, reason: Old, by: a }]\n`

  test('an exception holds until the end of its last day', () => {
    const catalog = exceptionUntil('2026-11-23')
    expect(parseCatalog(catalog, { today: new Date('2026-11-23T23:59:59Z') }).ok).toBe(true)
    expect(parseCatalog(catalog, { today: new Date('2026-11-24T00:00:00Z') }).ok).toBe(false)
  })

  test('a running application can ask that no date is held against its catalog', () => {
    expect(parseCatalog(exceptionUntil('2020-01-01'), { today, expiry: 'ignore' }).ok).toBe(true)
    expect(parseCatalog(exceptionUntil('2020-01-01'), { today }).ok).toBe(false)
  })

  test('a review may be dated tomorrow, since it may be that already where its author lives', () => {
    const reviewed = (date: string): string =>
      `version: 1\norg: { defaultTeam: a }\nteams: { a: { name: A, reviewedAt: ${date} } }\n`
    expect(parseCatalog(reviewed('2026-11-24'), { today }).ok).toBe(true)
    expect(parseCatalog(reviewed('2026-11-25'), { today }).ok).toBe(false)
  })
})

describe('exceptions', () => {
  const shared = (exceptions: string): string => `version: 1
org: { defaultTeam: a }
teams: { a: { name: A }, b: { name: B } }
services:
  web: { kind: next, hosts: [x.example.com], queues: [{ name: mail, team: a }] }
  api: { kind: node, hosts: [x.example.com], queues: [{ name: mail, team: b }] }
decisions:
  - { id: split, question: Split?, chosen: no-split, on: 2026-09-01, by: a, revisitWhen: [{ route: web /new, concurrency: ">50" }] }
exceptions:${exceptions}
`
  const except = (rule: string, target: string, until = '2026-12-31'): string =>
    `\n  - { rule: ${rule}, target: ${target}, until: ${until}, reason: Agreed, by: a }`
  const all = [
    except('host-shared', 'x.example.com'),
    except('queue-shared', 'mail'),
    except('decision-route-unlisted', 'split'),
  ]

  test('silence their rule for their target', () => {
    expect(parseCatalog(shared(' []'), { today })).toMatchObject({ problems: { length: 3 } })
    const catalog = parse(shared(all.join('')))
    expect(createResolver(catalog).serviceByHost('x.example.com')).toBe('web')
  })

  test('silence nothing once they have expired', () => {
    const expired = [except('host-shared', 'x.example.com', '2026-11-22'), ...all.slice(1)]
    expect(parseCatalog(shared(expired.join('')), { today })).toMatchObject({
      problems: [
        { message: 'host "x.example.com" of api belongs to web already (line 5)' },
        { message: 'exception from host-shared for "x.example.com" expired on 2026-11-22' },
      ],
    })
  })

  test('for reports name a team, a service or a path', () => {
    const least =
      'version: 1\norg: { defaultTeam: a }\nteams: { a: { name: A } }\nservices: { web: { kind: next } }\nexceptions:'
    const reports = [
      except('review-overdue', 'a'),
      except('review-overdue', 'web'),
      except('route-unowned', 'web GET /old/**'),
    ]
    expect(parse(`${least}${reports.join('')}\n`).exceptions).toHaveLength(3)
  })
})

test('a catalog as large as they get is read in the blink of an eye', () => {
  const routes = Array.from(
    { length: 5000 },
    (_, index) => `      - { match: GET /r${index}/*, team: a }\n`,
  )
  const large = `version: 1\norg: { defaultTeam: a }\nteams: { a: { name: A } }\nservices:\n  web:\n    kind: next\n    routes:\n${routes.join('')}`
  expect(parse(large).services.get('web')?.routes).toHaveLength(5000)
})

test('problems are rendered two lines each, with their number', () => {
  const parsed = parseCatalog('version: 2\n', { file: 'x.yaml' })
  expect(parsed.ok ? '' : renderProblems(parsed.problems)).toBe(
    `x.yaml:1:1: catalog lacks "org"
  fix: add org: { defaultTeam: billing }
x.yaml:1:1: catalog lacks "teams"
  fix: add teams: { billing: { name: Billing } }
x.yaml:1:10: "version" is the number 2, not 1
  fix: write 1
3 problems
`,
  )
})
