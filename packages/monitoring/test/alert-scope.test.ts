import { expect, test } from 'vitest'
import { readScope } from '../src/review/alert-scope.ts'

test.for([
  ['m{job="web"} > 1', { job: 'web' }, true],
  ['m{job="web"} > 1', { job: 'api' }, false],
  ['m{job="web"} > 1', { http_route: '/x' }, true],
  ['m{http_route=~"/a|/b/[^/]+"}', { http_route: '/b/[id]' }, true],
  ['m{http_route=~"/a|/b/[^/]+"}', { http_route: '/b/c/d' }, false],
  ['m{http_route!~"/a|/b"}', { http_route: '/a' }, false],
  ['m{http_route!="/a"}', { http_route: '/b' }, true],
  ['m{a="1"} or m{a="2"}', { a: '2' }, true],
  ['m{a="1"} and n{a="2"}', { a: '1' }, false],
  ['sum by (a) (rate(m{a="1"}[5m])) / sum by (a) (rate(m[5m])) > 0.1', { a: '1' }, true],
  ['m unless n{a="1"}', { a: '1' }, false],
  ['m unless n{a="1"}', { a: '2' }, true],
  ['m > 0 unless n{a="1"} > 0', { a: '1' }, true],
  ['(m > 1) unless (n{a="1"} or n{a="2"})', { a: '2' }, false],
  ['vector(1)', { a: '1' }, true],
  ['m{', { a: '1' }, false],
] as const)('%s about %j: %s', ([expr, series, taken]) => {
  expect(readScope(expr).takes(series)).toBe(taken)
})

test('the labels that selectors ask for are known', () => {
  expect([...readScope('m{job="web",http_route="/"} / n{queue!=""}').labels].toSorted()).toEqual([
    'http_route',
    'job',
    'queue',
  ])
})
