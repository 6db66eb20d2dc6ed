import { expect, test } from 'vitest'
import { renderTree } from '../src/render-tree.ts'
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

test('the branches of a tree are drawn to where they end', () => {
  const named = (name: string, parentSpanId?: string): ReturnType<typeof makeSpan> =>
    makeSpan({ name, spanId: name, parentSpanId })
  const [tree] = buildTraces([
    named('root'),
    named('a', 'root'),
    named('a1', 'a'),
    named('a2', 'a'),
    named('b', 'root'),
    named('b1', 'b'),
  ])
  const lines = tree === undefined ? [] : renderTree(tree).split('\n').slice(1)
  expect(lines.map(line => line.slice(0, 10).trimEnd())).toEqual([
    '· root',
    '├─ · a',
    '│  ├─ · a1',
    '│  └─ · a2',
    '└─ · b',
    '   └─ · b1',
  ])
})
