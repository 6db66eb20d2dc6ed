import { expect, test } from 'vitest'
import { readTrace } from '../src/read-trace.ts'
import { renderReading } from '../src/render-reading.ts'
import { ownership, seen } from './known-system.ts'
import { makeLog } from './make-log.ts'
import { makeSpan } from './make-span.ts'

const root = makeSpan({
  kind: 'server',
  startMs: 0,
  durationMs: 1210,
  team: 'growth',
  status: 'error',
  attributes: {
    'http.request.method': 'POST',
    'http.route': '/api/plan',
    'http.response.status_code': 502,
  },
})
const call = makeSpan({
  kind: 'client',
  parentSpanId: root.spanId,
  startMs: 4,
  durationMs: 1180,
  status: 'error',
  attributes: {
    'http.request.method': 'POST',
    'server.address': 'orders.example.com',
    'http.response.status_code': 502,
    'throughline.propagation': 'withheld',
  },
})
const query = makeSpan({
  kind: 'client',
  parentSpanId: root.spanId,
  startMs: 1190,
  durationMs: 2.1,
  attributes: {
    'db.system.name': 'postgresql',
    'db.namespace': 'app',
    'db.query.text': 'rollback',
  },
})
const reading = readTrace([root, call, query], [], {
  ownership,
  services: seen('web'),
  evicted: true,
})

test('a reading is drawn with what went wrong on top, and each gap where it shows', () => {
  expect(renderReading(reading, { width: 90 })).toBe(
    [
      'POST /api/plan · 502 · 1.21 s',
      `trace ${'a'.repeat(32)} · ${new Date(reading.startUnixMs).toISOString()} · 3 spans · web`,
      'teams: growth → data',
      '✗ orders.example.com answered 502 after 1.18 s; web answered 502',
      `  owner: growth (${reading.failure?.owner?.decidedBy?.at})`,
      '',
      '▶ POST /api/plan              web  1.21 s  growth  ✗ 502',
      '├─ ↗ POST orders.example.com  web  1.18 s  growth  ✗ 502',
      '│  ┄ The trace stops at orders.example.com, which was told no trace header.',
      '│    → If it is one of yours, add "orders.example.com" to services.<its name>.hosts in',
      "│    ownership.yaml, or to THROUGHLINE_PROPAGATE_TO of web. If it is somebody else's, list",
      '│    it in ownership.yaml as a service of kind: external.',
      '└─ ≡ ROLLBACK                 web  2.1 ms  data',
      '┄ Older spans of this trace are gone: they were removed to make room for newer ones.',
      '  → Keep more next time: throughline view --max-spans, and --max-mb.',
      '',
    ].join('\n'),
  )
})

test('colour is added, and nothing else changes', () => {
  const colored = renderReading(reading, { width: 90, color: true })
  expect(colored).toContain('\u001B[31m✗ orders')
  // eslint-disable-next-line no-control-regex -- these are what colours are made of
  const plain = colored.replaceAll(/\u001B\[[\d;]*m/g, '').replaceAll(/ +$/gm, '')
  expect(plain).toBe(renderReading(reading, { width: 90 }))
})

test('no line but that of a long word is wider than asked', () => {
  const lines = renderReading(reading, { width: 80 }).split('\n').slice(6)
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80)
})

test('what is only likely, and where a trace goes on, is said', () => {
  const link = { traceId: 'b'.repeat(32), spanId: '9'.repeat(16), traceState: '', attributes: {} }
  const drawn = renderReading(
    readTrace(
      [
        makeSpan({
          kind: 'server',
          attributes: { 'throughline.trace.restarted': 'untrusted' },
          links: [link],
        }),
        makeSpan({ parentSpanId: 'f'.repeat(16), flags: 1 }),
      ],
      [],
    ),
  )
  expect(drawn).toContain(`from trace ${'b'.repeat(32)}, which is not here`)
  expect(drawn).toContain('┄ Likely: A span of web is missing')
})

test('a terminal is given no commands that a span brings along', () => {
  const evil = '\u001B]0;owned\u0007\u009B31m'
  const drawn = renderReading(
    readTrace(
      [makeSpan({ name: evil, service: evil, team: evil, status: 'error', statusMessage: evil })],
      [],
    ),
  )
  expect(drawn.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
})

test('a chain of a thousand calls is indented no further than a line is wide', () => {
  const spans = Array.from({ length: 1000 }, (_, at) =>
    makeSpan({ spanId: `${at}`, parentSpanId: at === 0 ? undefined : `${at - 1}` }),
  )
  const lines = renderReading(readTrace(spans, [])).trimEnd().split('\n').slice(3)
  expect(lines).toHaveLength(1000)
  expect(lines.every(line => line.includes('GET /x'))).toBe(true)
  expect(Math.max(...lines.map(line => line.length))).toBeLessThan(130)
})

test('what was logged as a warning or worse stands at its span, before its gaps', () => {
  const at = (afterMs: number): string =>
    new Date(Number(root.startUnixNano / 1_000_000n) + afterMs).toISOString().slice(11, 23)
  const logs = [
    makeLog(root, 1, { severityNumber: 12, body: 'not this' }),
    makeLog(root, 2, { severityNumber: 13, body: 'asked\n  again' }),
    makeLog(root, 1200, { severityNumber: 17, body: { code: 7 }, spanId: call.spanId }),
    makeLog(root, 1201, {
      severityNumber: 21,
      attributes: { 'exception.message': 'all is lost' },
      spanId: 'f'.repeat(16),
    }),
    makeLog(root, 1202, { severityNumber: 16, eventName: 'plan.failed', spanId: undefined }),
  ]
  const lines = renderReading(readTrace([root, call, query], logs, { ownership })).split('\n')
  expect(lines.filter(line => line.includes('log '))).toEqual([
    `log ${at(2)} WARN asked again`,
    `│  log ${at(1200)} ERROR {"code":7}`,
    `log ${at(1201)} FATAL web: all is lost`,
    `log ${at(1202)} WARN web: plan.failed`,
  ])
  const place = lines.findIndex(line => line.includes('ERROR'))
  expect(lines[place - 1]).toContain('POST orders.example.com')
  expect(lines[place + 1]).toContain('┄ The trace stops at')
})

test.for([
  [50, []],
  [51, ['… 1 more log record, WARN or worse']],
  [62, ['… 12 more log records, WARN or worse']],
] as const)('of %d log records the first 50 are drawn', ([many, more]) => {
  const logs = Array.from({ length: many }, (_, at) =>
    makeLog(root, at, { severityNumber: 17, body: `line ${at}` }),
  )
  const lines = renderReading(readTrace([root], logs)).split('\n')
  expect(lines.filter(line => line.startsWith('log '))).toHaveLength(50)
  expect(lines.filter(line => line.startsWith('…'))).toEqual(more)
  expect(lines.join()).toContain('line 49')
})

test('a log line is one line, no wider than asked, and without commands', () => {
  const body = `\u001B]0;owned\u0007${'x'.repeat(3_000_000)}`
  const drawn = renderReading(
    readTrace([root], [makeLog(root, 1, { severityNumber: 17, body, service: '\u0007' })]),
    { width: 80 },
  )
  const [line = ''] = drawn.split('\n').filter(each => each.startsWith('log '))
  expect(line).toHaveLength(80)
  expect(line).not.toMatch(/\p{Cc}/u)
})
