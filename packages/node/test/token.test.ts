import { expect, test } from 'vitest'
import { isToken } from '../src/redaction/token.ts'

/** Random numbers that are the same in each run (a linear congruential generator). */
function createRandom(): (below: number) => number {
  let state = 7
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test.for([
  ['hexadecimal', '0123456789abcdef', 0.99],
  ['base 32', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 0.97],
  ['base 36', '0123456789abcdefghijklmnopqrstuvwxyz', 0.99],
  ['base 62', '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 0.95],
  ['base 64', '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_', 0.95],
] as const)('24 characters of %s are known for drawn by lot', ([, alphabet, share]) => {
  const random = createRandom()
  const draw = (): string =>
    Array.from({ length: 24 }, () => alphabet[random(alphabet.length)]).join('')
  const tokens = Array.from({ length: 2_000 }, draw)
  expect(tokens.filter(isToken).length / tokens.length).toBeGreaterThan(share)
})

test.for([
  'getServerSidePropsForInvoicePage2',
  'AbstractSingletonProxyFactoryBean',
  'node_modules_next_dist_server_app-render',
  'MAX_CONCURRENT_REQUESTS_PER_ROUTE',
  'throughline-database-migration-2026-11',
  'a-very-long-slug-of-a-blog-post-about-nothing',
  '550e8400-e29b-41d4-a716-446655440000',
  '12345678901234567890',
  'x1y2z3x1y2z3x1y2z3x',
])('%s is not', word => {
  expect(isToken(word)).toBe(false)
})

test('twenty characters are enough', () => {
  expect(isToken('x1y2z3x1y2z3x1y2z3x1')).toBe(true)
})
