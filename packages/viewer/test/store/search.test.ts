import { expect, test } from 'vitest'
import { parseSearch } from '../../src/store/parse-search.ts'
import {
  createStore,
  makeCall,
  makeLog,
  makeQuery,
  makeRequest,
  makeSpan,
  traceId,
} from './samples.ts'

const word = (text: string) => ({ kind: 'word', text, isExcluded: false })

test.for([
  ['', []],
  ['  ', []],
  ['invoices', [word('invoices')]],
  ['two words', [word('two'), word('words')]],
  ['"two words"', [word('two words')]],
  ['"with \\"quotes\\" and \\\\"', [word('with "quotes" and \\')]],
  ['"no end', [word('no end')]],
  ['service:web', [{ kind: 'facet', name: 'service', value: 'web', isExcluded: false }]],
  ['SERVICE:web', [{ kind: 'facet', name: 'service', value: 'web', isExcluded: false }]],
  ['-team:billing', [{ kind: 'facet', name: 'team', value: 'billing', isExcluded: true }]],
  [
    'route:/invoices/[id]',
    [{ kind: 'facet', name: 'route', value: '/invoices/[id]', isExcluded: false }],
  ],
  ['route:"/a b"', [{ kind: 'facet', name: 'route', value: '/a b', isExcluded: false }]],
  ['method:POST', [{ kind: 'facet', name: 'method', value: 'POST', isExcluded: false }]],
  ['status:error', [{ kind: 'failed', failed: true, isExcluded: false }]],
  ['status:ok', [{ kind: 'failed', failed: false, isExcluded: false }]],
  ['status:502', [{ kind: 'status', from: 502, to: 502, isExcluded: false }]],
  ['status:5xx', [{ kind: 'status', from: 500, to: 599, isExcluded: false }]],
  ['>500ms', [{ kind: 'duration', is: 'above', ms: 500, isExcluded: false }]],
  ['<1s', [{ kind: 'duration', is: 'below', ms: 1000, isExcluded: false }]],
  ['>1.5s', [{ kind: 'duration', is: 'above', ms: 1500, isExcluded: false }]],
  ['>200µs', [{ kind: 'duration', is: 'above', ms: 0.2, isExcluded: false }]],
  ['-word', [{ ...word('word'), isExcluded: true }]],
  ['-"two words"', [{ ...word('two words'), isExcluded: true }]],
  ['-', [word('-')]],
  ['a-b', [word('a-b')]],
  ['TypeError:', [word('TypeError:')]],
  ['http://api.example.com/x', [word('http://api.example.com/x')]],
  ['localhost:3000', [word('localhost:3000')]],
  [
    'ABCDEF0123456789abcdef0123456789',
    [{ kind: 'traceId', traceId: 'abcdef0123456789abcdef0123456789', isExcluded: false }],
  ],
] as const)('%j is understood', ([text, terms]) => {
  expect(parseSearch(text)).toEqual({ terms, complaints: [] })
})

test.for([
  ['servce:web', 'servce:web is no term; service:web may be meant'],
  ['state:502', 'state:502 is no term; status:502 may be meant'],
  [
    'status:eror',
    'status:eror is none of error, ok, a code as 502, and a class as 5xx; status:error may be meant',
  ],
  ['status:999999', 'status:999999 is none of error, ok, a code as 502, and a class as 5xx'],
  ['>fast', '>fast is no duration, as >500ms and <1s are'],
  ['>500', '>500 is no duration, as >500ms and <1s are'],
  ['team:', 'team: has no value, as in team:billing'],
  ['route:""', 'route: has no value, as in route:/invoices/[id]'],
  ['""', '"" has nothing to look for'],
  ['x'.repeat(300), `${'x'.repeat(59)}… is longer than 200 characters`],
] as const)('%j is complained about, and left out', ([text, complaint]) => {
  const { terms, complaints } = parseSearch(`${text} service:web`)
  expect(complaints).toEqual([complaint])
  expect(terms).toEqual([{ kind: 'facet', name: 'service', value: 'web', isExcluded: false }])
})

test('only so many terms count', () => {
  const { terms, complaints } = parseSearch(
    Array.from({ length: 5000 }, (_, n) => `w${n}`).join(' '),
  )
  expect(terms).toHaveLength(20)
  expect(complaints).toEqual(['only the first 20 terms count'])
})

/** Three traces: 1 is fine and slow, 2 failed, 3 is a job. */
function createSamples() {
  const store = createStore()
  store.writer.addSpans([
    makeRequest('GET', '/invoices/[id]', {
      trace: 1,
      id: 11,
      durationMs: 900,
      attributes: { team: 'growth', 'url.path': '/invoices/4711' },
    }),
    makeCall('api.internal', { trace: 1, id: 12, parent: 11 }),
    makeRequest('GET', '/v1/invoices/:id', {
      trace: 1,
      id: 13,
      parent: 12,
      service: 'partner-api',
      attributes: { team: 'partners' },
    }),
    makeQuery({
      trace: 1,
      id: 14,
      parent: 13,
      service: 'partner-api',
      attributes: { 'db.query.text': 'SELECT "total" FROM invoices WHERE id = $1' },
    }),
    makeRequest(
      'POST',
      '/api/billing/plan',
      {
        trace: 2,
        id: 21,
        durationMs: 120,
        atMs: 1,
        attributes: { team: 'billing' },
      },
      502,
    ),
    makeCall(
      'payments.example.com',
      { trace: 2, id: 22, parent: 21, atMs: 1, attributes: { 'user.name': 'Zażółć GĘŚLĄ' } },
      502,
    ),
    makeSpan({
      trace: 3,
      id: 31,
      atMs: 2,
      kind: 'consumer',
      service: 'worker',
      name: 'process reports',
      durationMs: 20,
      attributes: { 'messaging.destination.name': 'reports' },
    }),
  ])
  store.writer.addLogs([makeLog({ trace: 3, body: 'the printer is out of paper' })])
  return store
}

test.for([
  ['', [3, 2, 1]],
  ['service:web', [2, 1]],
  ['service:partner-api', [1]],
  ['service:Partner-API', [1]],
  ['service:payments.example.com', [2]],
  ['service:partner', []],
  ['-service:web', [3]],
  ['team:billing', [2]],
  ['team:partners', [1]],
  ['team:growth team:partners', [1]],
  ['team:growth team:billing', []],
  ['route:/invoices/[id]', [1]],
  ['route:/v1/invoices/:id', [1]],
  ['route:reports', [3]],
  ['route:/invoices', []],
  ['method:POST', [2]],
  ['method:get', [1]],
  ['status:error', [2]],
  ['status:ok', [3, 1]],
  ['status:502', [2]],
  ['status:5xx', [2]],
  ['status:2xx', [1]],
  ['-status:5xx', [3, 1]],
  ['>500ms', [1]],
  ['<100ms', [3]],
  ['>100ms <500ms', [2]],
  ['-<100ms', [2, 1]],
  ['INVOICES', [1]],
  ['4711', [1]],
  ['payments.example', [2]],
  ['-payments', [3, 1]],
  ['"select \\"total\\""', [1]],
  ['GĘŚLĄ', [2]],
  ['printer', [3]],
  ['growth', [1]],
  ['nothing', []],
  ['%', []],
  ['_', [2, 1]],
  ['string', []],
  ['stringValue', []],
  ['status', [2, 1]],
  ['1795', []],
  ['000000000000000', []],
  ['{', []],
  ['5432', []],
  ['4711', [1]],
  ['pay%ments', []],
  ['pay_ments', []],
  ['payments_example', []],
  ['payments%com', []],
  ["' OR 1=1 --", []],
  ['"a\u0000b"', []],
  ['\ud800', []],
  [traceId(2), [2]],
  [`-${traceId(2)}`, [3, 1]],
  [traceId(7), []],
  ['web status:error team:billing method:POST >1ms', [2]],
] as const)('%j finds %j', ([search, expected]) => {
  const { reader } = createSamples()
  const found = reader.listTraces(search, { limit: 10 })
  expect(found.traces.map(trace => trace.traceId)).toEqual(expected.map(traceId))
  expect(found.total).toBe(expected.length)
  expect(reader.countTraces(search, 0).count).toBe(expected.length)
})
