import { describe, expect, test } from 'vitest'
import { parseRoutePattern, type RoutePattern, segmentKind } from '../src/route-pattern.ts'
import { createRouteTable, type RouteTable } from '../src/route-table.ts'
import { createRandom, type Random } from './random.ts'

const pattern = (text: string): RoutePattern => {
  const parsed = parseRoutePattern(text)
  if (parsed === undefined) throw new TypeError(`${text} is not a pattern`)
  return parsed
}

const tableOf = (...rules: readonly string[]): RouteTable<string> =>
  createRouteTable(rules.map(rule => [pattern(rule), rule]))

describe('one rule', () => {
  test.for([
    ['GET /a', 'GET', '/a', true],
    ['GET /a', 'GET', '/a/', true],
    ['GET /a/', 'GET', '/a', true],
    ['GET /a', 'GET', '/a?b=/c', true],
    ['GET /a', 'POST', '/a', false],
    ['GET /a', 'HEAD', '/a', true],
    ['POST /a', 'HEAD', '/a', false],
    ['GET /a', 'get', '/a', false],
    ['/a', 'DELETE', '/a', true],
    ['* /a', 'DELETE', '/a', true],
    ['GET /', 'GET', '/', true],
    ['GET /', 'GET', '/a', false],
    ['GET /a', 'GET', 'a', false],
    ['/**', 'GET', 'unmatched', false],
    ['/*', 'GET', '', false],
    ['GET /a/*', 'GET', '/a/7', true],
    ['GET /a/*', 'GET', '/a', false],
    ['GET /a/*', 'GET', '/a/7/8', false],
    ['GET /a/*/c', 'GET', '/a/7/c', true],
    ['GET /a/**', 'GET', '/a', true],
    ['GET /a/**', 'GET', '/a/7', true],
    ['GET /a/**', 'GET', '/a/7/8/9', true],
    ['GET /a/**', 'GET', '/ab', false],
    ['/**', 'GET', '/', true],
    ['GET /a', 'GET', '//a', true],
  ] as const)('%s for %s %s: %s', ([rule, method, path, expected]) => {
    expect(tableOf(rule).find(method, path)).toBe(expected ? rule : undefined)
  })

  const notations = {
    one: ['[id]', ':id', '*', '{id}'],
    rest: ['[...rest]', '[[...rest]]', '**', ':rest*', ':rest+', '*rest', '{rest*}'],
  }

  test.for(notations.one.flatMap(rule => notations.one.map(path => [rule, path] as const)))(
    'a rule with %s matches a template with %s',
    ([rule, path]) => {
      expect(tableOf(`/a/${rule}/b`).find('GET', `/a/${path}/b`)).toBe(`/a/${rule}/b`)
    },
  )

  test.for(notations.rest.flatMap(rule => notations.rest.map(path => [rule, path] as const)))(
    'a rule with %s matches a template with %s',
    ([rule, path]) => {
      expect(tableOf(`/a/${rule}`).find('GET', `/a/${path}`)).toBe(`/a/${rule}`)
    },
  )

  test('a wildcard of a template is not matched by a word, nor the rest by one segment', () => {
    expect(tableOf('/a/export').find('GET', '/a/[id]')).toBeUndefined()
    expect(tableOf('/a/*').find('GET', '/a/[...path]')).toBeUndefined()
    expect(tableOf('/a/**').find('GET', '/a/[id]/b')).toBe('/a/**')
  })

  test.for(['[a', 'a]', 'v1', '{a', 'a:b', 'a*', '.well-known'])('%s is a word', word => {
    expect(segmentKind(word)).toBe('literal')
  })

  test('any method will do for a question about *', () => {
    expect(tableOf('POST /a').find('*', '/a')).toBe('POST /a')
  })
})

describe('several rules', () => {
  test.for([
    ['a word before one segment', ['/a/*', '/a/b'], 'GET', '/a/b', '/a/b'],
    ['one segment before the rest', ['/a/**', '/a/*'], 'GET', '/a/b', '/a/*'],
    ['the end before the rest', ['/a/**', '/a'], 'GET', '/a', '/a'],
    ['from the left', ['/*/export', '/invoices/*'], 'GET', '/invoices/export', '/invoices/*'],
    ['the path before the method', ['GET /a/*', '/a/b'], 'GET', '/a/b', '/a/b'],
    ['the very method before any', ['/a', 'GET /a'], 'GET', '/a', 'GET /a'],
    ['any before another method', ['/a', 'GET /a'], 'POST', '/a', '/a'],
    ['HEAD before GET', ['GET /a', 'HEAD /a', '/a'], 'HEAD', '/a', 'HEAD /a'],
    ['GET for HEAD before any', ['/a', 'GET /a'], 'HEAD', '/a', 'GET /a'],
    ['a rule whose method fits', ['POST /a/b', 'GET /a/*'], 'GET', '/a/b', 'GET /a/*'],
    ['a rule that goes on', ['/a/b/c', '/a/*/d'], 'GET', '/a/b/d', '/a/*/d'],
    ['the first of two alike', ['/a/[id]', '/a/:id'], 'GET', '/a/1', '/a/[id]'],
  ] as const)('%s', ([, rules, method, path, expected]) => {
    expect(tableOf(...rules).find(method, path)).toBe(expected)
  })
})

const METHODS = ['GET', 'POST', 'HEAD', '*'] as const
const WORDS = ['a', 'b', 'c']
const randomPath = (
  random: Random,
  wildcards: readonly string[],
  last: readonly string[],
): string => {
  const segments = Array.from({ length: random.below(4) }, () =>
    random.below(3) === 0 ? random.pick(wildcards) : random.pick(WORDS),
  )
  return `/${[...segments, ...(random.below(4) === 0 ? [random.pick(last)] : [])].join('/')}`
}

/** How well a rule matches, most significant first; nothing when it does not. Written as the words say it. */
function rank(rule: RoutePattern, method: string, path: string): number[] | undefined {
  const methods = [
    rule.method === method,
    rule.method === 'GET' && method === 'HEAD',
    rule.method === '*',
  ]
  if (!methods.includes(true)) return undefined
  const asked = path.split('/').filter(part => part !== '')
  const ranks: number[] = []
  for (const [index, segment] of rule.segments.entries()) {
    if (segment.kind === 'rest') return [...ranks, 0, -methods.indexOf(true)]
    const part = asked[index]
    const kind = part === undefined ? undefined : segmentKind(part)
    if (kind === undefined || kind === 'rest') return undefined
    if (segment.kind === 'literal' && part !== segment.text) return undefined
    ranks.push(segment.kind === 'literal' ? 2 : 1)
  }
  return rule.segments.length === asked.length ? [...ranks, 3, -methods.indexOf(true)] : undefined
}

function isBetter(a: readonly number[], b: readonly number[]): boolean {
  const differs = a.findIndex((value, index) => value !== b[index])
  return differs !== -1 && (a[differs] ?? 0) > (b[differs] ?? 0)
}

test('a table finds what comparing every rule finds', () => {
  const random = createRandom(3)
  let found = 0
  for (let round = 0; round < 300; round++) {
    const rules = Array.from({ length: 1 + random.below(20) }, () =>
      pattern(`${random.pick(METHODS)} ${randomPath(random, ['*', '[id]'], ['**'])}`),
    )
    const table = createRouteTable(rules.map(rule => [rule, rule]))
    for (let question = 0; question < 50; question++) {
      const method = random.pick(['GET', 'POST', 'HEAD', 'PUT'])
      const path = randomPath(random, ['[id]', ':id', 'd'], ['[...x]', '**'])
      let best: { rule: RoutePattern; ranks: number[] } | undefined
      for (const rule of rules) {
        const ranks = rank(rule, method, path)
        if (ranks !== undefined && (best === undefined || isBetter(ranks, best.ranks)))
          best = { rule, ranks }
      }
      expect(table.find(method, path), `${method} ${path}`).toBe(best?.rule)
      found += best === undefined ? 0 : 1
    }
  }
  expect(found).toBeGreaterThan(5000)
})
