import { gzipSync } from 'node:zlib'
import type { Sent } from '../exchange.ts'
import { inJson, JSON_TYPE, newTraceId, served, span, text, tracesOf } from '../otlp-requests.ts'
import { encodeRequest } from '../protobuf-encoding.ts'
import { answers, judge, type HostileCase } from './verdict.ts'

const IMPORT = '/api/import'

const bad = (name: string, body: unknown, message = /\w/): HostileCase =>
  answers(`a file that is ${name}`, inJson(IMPORT, body), 400, { message })

const sound = (): object => tracesOf('files', [span({ name: 'of a file' })])

const typed = (headers: Sent['headers'], body: Sent['body'] = JSON.stringify(sound())): Sent => ({
  path: IMPORT,
  headers: headers ?? {},
  body,
})

const encoded = (encoding: string, body: Uint8Array): Sent =>
  typed({ ...JSON_TYPE, 'content-encoding': encoding }, body)

const asks = (path: string, status: number): HostileCase =>
  answers(`GET ${path.slice(0, 80)}`, { method: 'GET', path }, status, {
    message: status === 200 ? /^/ : /\w/,
  })

/** What people, and those who try something, type into a search box. */
const SEARCHES = [
  '%',
  '_',
  "'",
  '"',
  '"unclosed',
  '\\',
  '*',
  '-',
  '--',
  '- -"',
  ':',
  'service:',
  'service:"',
  'team:*',
  'status:',
  'status:999999999999999999999',
  '>',
  '>1e309ms',
  '<-1s',
  '>NaNms',
  'route:/[id',
  'AND OR NOT NEAR(a b)',
  '(((((((((((',
  'a* OR b:c ^d {e}',
  "' UNION SELECT sql FROM sqlite_master --",
  "'; DROP TABLE spans; --",
  '\0',
  '\ud83d',
  '<script>',
  '$(id) `id` ${id}',
  '-'.repeat(1000),
  'a '.repeat(900),
  'method:POST -method:POST',
]

export const IMPORTS_AND_SEARCHES: readonly HostileCase[] = [
  bad('empty', '', /not JSON/),
  bad('no JSON', 'resourceSpans:', /not JSON/),
  bad('half of one', JSON.stringify(sound()).slice(0, -20), /not JSON/),
  bad('a list', '[]', /not an object/),
  bad('of something else', { traces: [] }, /neither spans nor logs/),
  bad('without a span', { resourceSpans: [] }, /neither spans nor logs/),
  bad('of spans that are text', tracesOf('files', 'x' as never), /not a list/),
  bad(
    'sound but for its logs',
    { ...sound(), resourceLogs: [{ scopeLogs: [{ logRecords: [7] }] }] },
    /not an object/,
  ),
  answers('a file in protobuf', typed({ 'content-type': 'application/x-protobuf' }), 415),
  answers('a file that a form sends', typed({ 'content-type': 'text/plain' }), 415),
  answers('a file of no type', typed({}), 415),
  answers('protobuf that is called JSON', typed(JSON_TYPE, encodeRequest(sound())), 400),
  answers('a file in deflate', encoded('deflate', Buffer.from('x')), 415),
  answers('a file that is called gzip and is not', encoded('gzip', Buffer.from('{}')), 400),
  answers(
    'half of a gzipped file',
    encoded('gzip', gzipSync(JSON.stringify(sound())).subarray(0, 60)),
    400,
  ),
  {
    name: 'a file of which one span has no id, twice',
    async attack(viewer) {
      const root = served('/imported')
      const body = tracesOf('files', [root, span({ spanId: '' })])
      const verdicts = [
        judge(await viewer.exchange(inJson(IMPORT, body))),
        judge(await viewer.exchange(inJson(IMPORT, body))),
      ]
      return { verdicts, spans: (await viewer.readTrace(root.traceId)).spans.length }
    },
    gives: {
      verdicts: [
        { status: 200, rejected: 1 },
        { status: 200, rejected: 1 },
      ],
      spans: 1,
    },
  },
  {
    name: 'what is exported is the same when it is imported again',
    async attack(viewer) {
      const root = served('/exported', { attributes: [text('__proto__', '\0 é')] })
      await viewer.exchange(inJson('/v1/traces', tracesOf('files', [root])))
      const path = `/api/traces/${root.traceId}/otlp`
      const file = await viewer.exchange({ method: 'GET', path })
      const again = await viewer.exchange({ path: IMPORT, headers: JSON_TYPE, body: file.body })
      const same = await viewer.exchange({ method: 'GET', path })
      const { gaps, spans } = await viewer.readTrace(root.traceId)
      return {
        verdict: judge(again),
        same: same.body.equals(file.body),
        gaps: gaps.length,
        spans: spans.length,
      }
    },
    gives: { verdict: { status: 200, rejected: 0 }, same: true, gaps: 0, spans: 1 },
  },
  ...SEARCHES.map(search =>
    asks(`/api/traces?q=${encodeURIComponent(search.toWellFormed())}`, 200),
  ),
  asks(`/api/traces?q=${'x'.repeat(10_000)}`, 400),
  asks('/api/traces?q=%', 200),
  asks('/api/traces?q=%ff%fe', 200),
  asks('/api/traces?limit=0', 400),
  asks('/api/traces?limit=-1', 400),
  asks('/api/traces?limit=1e9', 400),
  asks('/api/traces?limit=many', 400),
  asks('/api/traces?before=yesterday', 200),
  asks("/api/traces?before=';--", 200),
  asks('/api/traces/count?after=x', 400),
  asks('/api/routes?minutes=NaN', 400),
  asks('/api/map?minutes=-5', 400),
  asks(`/api/traces/${newTraceId()}`, 404),
  asks(`/api/traces/${newTraceId()}/spans/${'a'.repeat(16)}`, 404),
  asks(`/api/traces/${newTraceId()}/otlp`, 404),
  asks('/api/traces/..%2f..%2fetc%2fpasswd', 400),
  asks("/api/traces/' OR 1=1".replaceAll(' ', '%20'), 400),
  asks('/api/constructor', 404),
  asks('/api/', 404),
  {
    name: 'what looks like a pattern or SQL is found as it stands, and only where it stands',
    async attack(viewer) {
      const names = [`100%_off'";--`, '100xyoff', `100%_off`, 'x']
      const spans = names.map(name => span({ name: `${name} of searches` }))
      await viewer.exchange(inJson('/v1/traces', tracesOf('searches', spans)))
      const { traces } = await viewer.listTraces('service:searches 100%_off')
      return traces.map(({ title }) => title).toSorted()
    },
    gives: ['100%_off of searches', `100%_off'";-- of searches`].toSorted(),
  },
]
