import { expect, test } from 'vitest'
import { findGetPaths, rankPaths } from '../../src/run/request-paths.ts'

test('routes without parameters are found where they are registered by a text', () => {
  const source = `
    app.get('/orders', list)
    router.get("/orders/:id", read)
    app.get(\`/health\`, () => 'ok')
    app.get(\`/v1/\${name}\`, () => 'ok')
    app.post('/orders', create)
    map.get('key')
    app.get('/items', { schema }, list)
  `
  expect(findGetPaths(source)).toEqual(['/orders', '/health', '/items'])
})

test('those that may set something off are left out, and those that show little come last', () => {
  expect(
    rankPaths(['/health', '/logout', '/orders', '/api/cron/daily', '/metrics', '/orders']),
  ).toEqual(['/orders', '/', '/health', '/metrics'])
})

test('not all of many are tried', () => {
  const many = Array.from({ length: 40 }, (_, number) => `/r${number}`)
  expect(rankPaths(many)).toHaveLength(6)
})
