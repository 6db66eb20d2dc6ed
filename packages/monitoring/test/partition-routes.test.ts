import { createResolver, parseCatalog } from '@throughline/catalog'
import { describe, expect, test } from 'vitest'
import { compileOwnership } from '../src/ownership.ts'
import { selects } from '../src/partition/route-sample.ts'
import { renderMatchers } from '../src/partition/route-selector.ts'
import { type RouteShare, shareRoutes } from '../src/partition/shares.ts'

const TEAMS = ['amber', 'blue', 'coral']

/** A catalog of one service with these routes, each `match` and team; without a team it is unowned by design. */
function catalogOf(routes: readonly (readonly [string, string | undefined])[]): string {
  const lines = routes.map(([match, team]) =>
    team === undefined
      ? `      - { match: "${match}", unowned: by-design }`
      : `      - { match: "${match}", team: ${team} }`,
  )
  return [
    'version: 1',
    'org: { defaultTeam: rest }',
    'teams:',
    ...[...TEAMS, 'rest', 'own'].map(team => `  ${team}: { name: ${team} }`),
    'services:',
    '  web:',
    '    kind: node',
    '    roles: { productionFix: own }',
    ...(lines.length === 0 ? [] : ['    routes:', ...lines]),
    '',
  ].join('\n')
}

function partsOf(
  text: string,
  isOf?: (method: string) => boolean,
): { readonly parts: RouteShare[]; readonly resolve: Resolve } {
  const parsed = parseCatalog(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const ownership = compileOwnership(parsed.value)
  const service = parsed.value.services.get('web')
  if (service === undefined) throw new Error('the catalog has no service web')
  const { listed, remainder } = shareRoutes(
    ownership,
    { name: 'web', service },
    { role: 'productionFix', inherit: false, keyOf: () => '', ...(isOf && { isOf }) },
  )
  const resolver = createResolver(parsed.value)
  return {
    parts: [...listed, remainder],
    resolve: (method, route) => resolver.route('web', method, route).team,
  }
}
type Resolve = (method: string, route: string) => string | undefined

const matchersOf = (text: string, isOf?: (method: string) => boolean): Record<string, string[]> =>
  Object.fromEntries(
    partsOf(text, isOf).parts.map(({ team, selectors }) => [team, selectors.map(renderMatchers)]),
  )

describe('the requests of a service are parted by team', () => {
  test('a route is taken by its regular expression, and the remainder is all the rest', () => {
    expect(matchersOf(catalogOf([['/a/*', 'amber']]))).toEqual({
      amber: ['http_route=~"/a/[^/]+"'],
      own: ['http_route!~"/a/[^/]+"'],
    })
  })

  test('a route without a wildcard needs no regular expression', () => {
    expect(matchersOf(catalogOf([['/a.b', 'amber']]))).toEqual({
      amber: ['http_route="/a.b"'],
      own: ['http_route!="/a.b"'],
    })
  })

  test('a more specific route of another team is kept out of a wildcard', () => {
    const text = catalogOf([
      ['/a/**', 'amber'],
      ['/a/b', 'blue'],
    ])
    expect(matchersOf(text)).toMatchObject({
      amber: ['http_route=~"/a(?:/.*)?",http_route!="/a/b"'],
      blue: ['http_route="/a/b"'],
    })
  })

  test('a rule for GET takes HEAD as well', () => {
    expect(matchersOf(catalogOf([['GET /a', 'amber']]))).toMatchObject({
      amber: ['http_request_method=~"GET|HEAD",http_route="/a"'],
    })
  })

  test('signs of regular expressions in a path match only themselves', () => {
    expect(matchersOf(catalogOf([['/a(b)/*', 'amber']]))).toMatchObject({
      amber: ['http_route=~"/a\\\\(b\\\\)/[^/]+"'],
    })
  })

  test('without routes everything is the remainder', () => {
    expect(matchersOf(catalogOf([]))).toEqual({ own: [''] })
  })
})

describe('where series say no method', () => {
  const all = (): boolean => true

  test('a route that is listed for one method is taken for all of them', () => {
    expect(matchersOf(catalogOf([['POST /a', 'amber']]), all)).toEqual({
      amber: ['http_route="/a"'],
      own: ['http_route!="/a"'],
    })
  })

  test('two methods of one team are one route, under both names', () => {
    const { parts } = partsOf(
      catalogOf([
        ['GET /a', 'amber'],
        ['POST /a', 'amber'],
      ]),
      all,
    )
    expect(parts.map(({ team, decidedBy }) => [team, decidedBy])).toEqual([
      ['amber', ['web GET /a', 'web POST /a']],
      ['own', ['web productionFix']],
    ])
  })

  test('a route whose methods are several teams’ is the service’s own', () => {
    const text = catalogOf([
      ['GET /a', 'amber'],
      ['POST /a', 'blue'],
      ['GET /b', 'blue'],
    ])
    expect(matchersOf(text, all)).toEqual({
      blue: ['http_route="/b"'],
      own: ['http_route!="/b"'],
    })
  })

  test('what is listed for the methods that they are of goes before what is listed for others', () => {
    const text = catalogOf([
      ['GET /a', 'amber'],
      ['POST /a', 'blue'],
      ['POST /b', 'blue'],
    ])
    expect(matchersOf(text, method => method === 'GET' || method === '*')).toEqual({
      amber: ['http_route="/a"'],
      blue: ['http_route="/b"'],
      own: ['http_route!~"/a|/b"'],
    })
  })

  test('each series is in exactly one part, whatever the catalog', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = createRandom(seed)
      const { parts } = partsOf(catalogOf(randomRoutes(random)), all)
      for (let count = 0; count < 20; count++) {
        // Prometheus takes a label that is not there for an empty one.
        const sample = { method: '', route: randomRoute(random) }
        const taken = parts.filter(({ selectors }) =>
          selectors.some(selector => selects(selector, sample)),
        )
        expect(taken.length, `catalog ${seed}: ${sample.route}`).toBe(1)
      }
    }
  })
})

test.for(Array.from({ length: 300 }, (_, seed) => seed))(
  'catalog %i: each request is in exactly one part, that of the team which the resolver names',
  seed => {
    const random = createRandom(seed)
    const { parts, resolve } = partsOf(catalogOf(randomRoutes(random)))
    for (let count = 0; count < 60; count++) {
      const sample = { method: pick(random, METHODS), route: randomRoute(random) }
      const taken = parts.filter(({ selectors }) =>
        selectors.some(selector => selects(selector, sample)),
      )
      const teams = taken.map(({ team }) => team)
      expect(teams, `${sample.method} ${sample.route}`).toEqual([
        resolve(sample.method, sample.route),
      ])
    }
  },
)

test('the sample of a part is a request that is in it', () => {
  for (let seed = 0; seed < 200; seed++) {
    const { parts } = partsOf(catalogOf(randomRoutes(createRandom(seed))))
    for (const { sample, selectors } of parts)
      expect(selectors.some(selector => selects(selector, sample))).toBe(true)
  }
})

const METHODS = ['GET', 'HEAD', 'POST', 'DELETE', 'PUT', '_OTHER']
const RULE_METHODS = ['', '', 'GET ', 'POST ', 'HEAD ', 'DELETE ']
const WORDS = ['a', 'b', 'a.b']

type Random = () => number

/** Numbers from 0 to 1 that are the same for a seed, so that a failure can be seen again. */
function createRandom(seed: number): Random {
  let state = seed * 2_654_435_761 + 1
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32
  }
}

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('nothing to pick')
  return item
}

function randomRoutes(random: Random): (readonly [string, string | undefined])[] {
  const routes = new Map<string, readonly [string, string | undefined]>()
  for (let count = Math.floor(random() * 9); count > 0; count--) {
    const depth = Math.floor(random() * 4)
    const path = Array.from({ length: depth }, () => `/${pick(random, [...WORDS, '*'])}`).join('')
    const match = `${pick(random, RULE_METHODS)}${path}${random() < 0.3 ? '/**' : ''}`
    const whole = match.endsWith(' ') || match === '' ? `${match}/` : match
    routes.set(whole, [whole, random() < 0.15 ? undefined : pick(random, TEAMS)])
  }
  return [...routes.values()]
}

/** A value of `http_route`: a template, or no route at all. */
function randomRoute(random: Random): string {
  if (random() < 0.05) return 'unmatched'
  const depth = Math.floor(random() * 5)
  const path = Array.from(
    { length: depth },
    () => `/${pick(random, [...WORDS, '[id]', ':id', 'c'])}`,
  ).join('')
  return path === '' ? '/' : path
}
