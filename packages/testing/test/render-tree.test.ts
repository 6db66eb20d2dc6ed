import { expect, test } from 'vitest'
import { formatDuration, renderTree } from '../src/render-tree.ts'
import { buildTraces } from '../src/trace-tree.ts'
import { makeSpan } from './make-span.ts'

test('a tree shows kind, service, duration, team and error, in columns', () => {
  const root = makeSpan({
    name: 'POST /api/billing/plan',
    kind: 'server',
    team: 'billing',
    startMs: 0,
    durationMs: 1210,
  })
  const child = { parentSpanId: root.spanId }
  const [tree] = buildTraces([
    root,
    makeSpan({
      ...child,
      name: 'pg.query:INSERT app',
      kind: 'client',
      team: 'platform',
      startMs: 1,
      durationMs: 2.1,
    }),
    makeSpan({
      ...child,
      name: 'POST',
      kind: 'client',
      team: 'billing',
      startMs: 4,
      durationMs: 1180,
      status: 'error',
      attributes: {
        'http.request.method': 'POST',
        'http.response.status_code': 502,
        'server.address': 'payments.example.com',
        'server.port': 443,
      },
    }),
  ])
  expect(tree && renderTree(tree)).toBe(
    [
      `trace ${'a'.repeat(32)} · 3 spans · web`,
      '▶ POST /api/billing/plan            web  1.21 s  billing',
      '├─ → pg.query:INSERT app            web  2.1 ms  platform',
      '└─ → POST payments.example.com:443  web  1.18 s  billing   ✗ 502',
    ].join('\n'),
  )
})

test('a service keeps its colour throughout a tree', () => {
  const root = makeSpan({ name: 'a' })
  const [tree] = buildTraces([
    root,
    makeSpan({ name: 'b', service: 'api', parentSpanId: root.spanId }),
  ])
  const drawn = tree === undefined ? '' : renderTree(tree, { color: true })
  expect(drawn).toContain('\u001b[38;5;33mweb')
  expect(drawn).toContain('\u001b[38;5;208mapi')
})

test.for([
  [0.0004, '0 µs'],
  [0.84, '840 µs'],
  [9.94, '9.9 ms'],
  [84.4, '84 ms'],
  [4100, '4.10 s'],
] as const)('%d ms is said as %s', ([milliseconds, words]) => {
  expect(formatDuration(milliseconds)).toBe(words)
})
