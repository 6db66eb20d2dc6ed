import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startAnsweringServer } from './answering-server.ts'
import { type Outcome, runThroughline, type TerminalState } from './run-throughline.ts'
import { createTempFolder } from './temp-folder.ts'
import { CALL_ID, PAYLOADS, SERVER_ID, TRACE_ID } from './trace-payloads.ts'

const CATALOG = `version: 1
org: { github: acme, defaultTeam: platform }
teams:
  billing: { name: Billing, github: "@acme/billing", channels: { page: pagerduty:env:PD_BILLING, ticket: "#billing" } }
  platform: { name: Platform, github: "@acme/platform", channels: { page: pagerduty:env:PD_PLATFORM, ticket: "#platform" } }
services:
  web:
    kind: next
    criticality: critical
    paths: ["apps/web/**"]
    routes:
      - { match: "POST /api/billing/*", team: billing, audience: browser }
`

const trace = (args: readonly string[], state?: TerminalState): Promise<Outcome> =>
  runThroughline(['trace', ...args], state)

const fileOf = (payload: object): Readonly<Record<string, string>> => ({
  'trace.json': JSON.stringify(payload),
})

test('a trace of a file is printed with its teams', async () => {
  const cwd = createTempFolder(fileOf(PAYLOADS['OTLP/JSON with logs']))
  const { code, out, err } = await trace(['--file', 'trace.json'], { cwd })
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('POST /api/billing/plan')
  expect(out).toContain('payments.example.com')
  expect(out).toContain('billing')
  expect(out).toContain('502')
  expect(out.endsWith('\n')).toBe(true)
})

test('- reads what is piped in', async () => {
  const piped = JSON.stringify(PAYLOADS['Jaeger, its page'])
  const { code, out } = await trace(['--file', '-', TRACE_ID.toUpperCase()], { piped })
  expect(code).toBe(0)
  expect(out).toContain('POST /api/billing/plan')
})

interface Printed {
  readonly schema: number
  readonly traceId: string
  readonly teams: readonly string[]
  readonly gaps: readonly { readonly reason: string; readonly span?: number }[]
  readonly spans: readonly {
    readonly span: { readonly spanId: string; readonly startUnixNano: string }
    readonly owner?: { readonly team: string; readonly decidedBy?: { readonly file: string } }
  }[]
}

test('--json prints the reading, nanoseconds as decimals', async () => {
  const cwd = createTempFolder({ ...fileOf(PAYLOADS['OTLP/JSON']), 'ownership.yaml': CATALOG })
  const { code, out } = await trace(['--file', 'trace.json', '--json'], { cwd })
  const printed = JSON.parse(out) as Printed
  expect(code).toBe(0)
  expect(printed).toMatchObject({ schema: 1, traceId: TRACE_ID, teams: ['billing', 'platform'] })
  expect(printed.spans[0]).toMatchObject({
    span: { spanId: SERVER_ID, startUnixNano: '1795947342094000000' },
    owner: { team: 'billing', decidedBy: { file: 'ownership.yaml' } },
  })
})

test('a broken catalog is told, and the trace is printed all the same', async () => {
  const cwd = createTempFolder({
    ...fileOf(PAYLOADS['OTLP/JSON']),
    'ownership.yaml': CATALOG.replace('team: billing', 'team: biling'),
  })
  const { code, out, err } = await trace(['--file', 'trace.json'], { cwd })
  expect(code).toBe(0)
  expect(out).toContain('POST /api/billing/plan')
  expect(err).toContain('ownership.yaml:12')
})

test.for([
  ['tempo', `/api/v2/traces/${TRACE_ID}`, 'Tempo, API v2'],
  ['jaeger', `/api/v3/traces/${TRACE_ID}`, 'Jaeger, API v3'],
  ['viewer', `/api/traces/${TRACE_ID}/otlp`, 'OTLP/JSON'],
] as const)('--from %s asks it, at --url', async ([from, path, format]) => {
  const { url } = await startAnsweringServer({ [path]: { body: PAYLOADS[format] } })
  const { code, out } = await trace([TRACE_ID, '--from', from, '--url', url.href])
  expect(code).toBe(0)
  expect(out).toContain('POST /api/billing/plan')
})

test('the viewer adds gaps that only it can know, and teams where no catalog is here', async () => {
  const gap = {
    reason: 'header-withheld',
    weight: 'gap',
    span: 0,
    sentence: 'The trace stops at payments.example.com, which was told no trace header.',
    evidence: [],
    certain: true,
  }
  const { url } = await startAnsweringServer({
    [`/api/traces/${TRACE_ID}/otlp`]: { body: PAYLOADS['OTLP/JSON'] },
    [`/api/traces/${TRACE_ID}`]: {
      body: { gaps: [gap], spans: [{ spanId: CALL_ID, team: 'payments' }] },
    },
  })
  const args = [TRACE_ID, '--url', url.href]
  const { spans, gaps, teams } = JSON.parse((await trace([...args, '--json'])).out) as Printed
  const place = spans.findIndex(({ span }) => span.spanId === CALL_ID)
  expect(gaps).toEqual([{ ...gap, span: place }])
  expect(teams).toContain('payments')
  expect(spans[place]?.owner).toEqual({ team: 'payments' })
  expect((await trace(args)).out).toContain(gap.sentence)
})

test('a trace that is not there ends with 1, and the newest are listed', async () => {
  const traces = [{ traceId: TRACE_ID, title: 'GET /', outcome: '200' }]
  const { url } = await startAnsweringServer({ '/api/traces?limit=5': { body: { traces } } })
  expect(await trace(['a'.repeat(32), '--url', `${url.origin}/`])).toEqual({
    code: 1,
    out: '',
    err: `throughline: the viewer at ${url.origin} has no trace ${'a'.repeat(32)}\n  fix: check the id; the newest there are:\n       ${TRACE_ID} GET / 200\n`,
  })
})

test("the start of an id finds the only trace of the viewer's newest that begins so", async () => {
  const other = { traceId: '0'.repeat(31) + '1' }
  const { url } = await startAnsweringServer({
    '/api/traces?limit=500': { body: { traces: [other, { traceId: TRACE_ID }] } },
    [`/api/traces/${TRACE_ID}/otlp`]: { body: PAYLOADS['OTLP/JSON'] },
  })
  const args = ['--url', url.href]
  const { out } = await trace(['5B8EFF', ...args, '--json'])
  expect(JSON.parse(out)).toMatchObject({ traceId: TRACE_ID })
  const none = await trace(['aaaaaa', ...args])
  expect(none.code).toBe(1)
  expect(none.err).toContain('has no trace that begins with aaaaaa\n  fix: ')
  expect(await trace(['5b8eff', ...args, '--from', 'tempo'])).toEqual({
    code: 2,
    out: '',
    err: `throughline: "5b8eff" is the start of an id, and Tempo at ${url.origin} wants all of it\n  fix: write its 32 hex digits; only the viewer and a file find a trace by less\n`,
  })
})

test('what is left out is said besides', async () => {
  const spans = [{ traceId: TRACE_ID, spanId: 'x', name: 'broken' }]
  const { resourceSpans } = PAYLOADS['OTLP/JSON']
  const cwd = createTempFolder(
    fileOf({ resourceSpans: [...resourceSpans, { scopeSpans: [{ spans }] }] }),
  )
  const { code, err } = await trace(['--file', 'trace.json'], { cwd })
  expect(code).toBe(0)
  expect(err).toBe('1 spans of trace.json are left out: span id "x" is not 8 bytes, or all zeros\n')
})

const NO_ID = `throughline: trace needs an id
  fix: write that of a trace, as the viewer and log lines show it
`

test.for([
  [[], NO_ID],
  [
    ['4bf92', '--url', 'localhost:4318'],
    `throughline: --url is no address: "localhost:4318"
  fix: write it with http:// or https://, as in http://127.0.0.1:4318
throughline: "4bf92" is not the id of a trace
  fix: write its 32 hex digits, as the viewer and log lines show them
`,
  ],
  [
    ['0'.repeat(32)],
    `throughline: "${'0'.repeat(32)}" is not the id of a trace
  fix: write its 32 hex digits, as the viewer and log lines show them
`,
  ],
  [
    ['--file', 'x', '--from', 'tempo', '--token', 'x'],
    `throughline: --from says nothing about a file
  fix: leave out --from or --file
throughline: --token says nothing about a file
  fix: leave out --token or --file
`,
  ],
  [['--file', 'x'], 'throughline: x is not there\n  fix: name a file that can be read\n'],
  [
    ['--file', '-'],
    'throughline: nothing is piped in\n  fix: pipe a trace in, or name a file with --file\n',
  ],
  [
    [TRACE_ID, '--from', 'zipkin'],
    'throughline: --from cannot be "zipkin"\n  fix: write one of: viewer, tempo, jaeger\n',
  ],
] as const)('%j is called wrongly, and is told all of it', async ([args, err]) => {
  expect(await trace(args)).toEqual({ code: 2, out: '', err })
})

test.for([
  ['{', 'trace.json is not JSON: '],
  ['{}', 'trace.json is JSON, but no trace'],
  ['{"resourceSpans":[]}', 'trace.json has no trace\n  fix: export the trace again'],
] as const)('a file of %j is told', async ([text, message]) => {
  const cwd = createTempFolder({ 'trace.json': text })
  const { out, err } = await trace(['--file', 'trace.json'], { cwd })
  expect(out).toBe('')
  expect(err).toContain(message)
})

test('a file of several traces asks for one of them', async () => {
  const other = 'c'.repeat(32)
  const more = JSON.stringify(PAYLOADS['OTLP/JSON']).replaceAll(TRACE_ID, other)
  const both = {
    resourceSpans: [
      ...PAYLOADS['OTLP/JSON'].resourceSpans,
      ...(JSON.parse(more) as { resourceSpans: object[] }).resourceSpans,
    ],
  }
  const cwd = createTempFolder(fileOf(both))
  expect(await trace(['--file', 'trace.json'], { cwd })).toEqual({
    code: 2,
    out: '',
    err: `throughline: trace.json has 2 traces\n  fix: name one of them:\n       ${TRACE_ID}\n       ${other}\n`,
  })
  const named = await trace(['--file', join(cwd, 'trace.json'), other, '--json'])
  expect(JSON.parse(named.out)).toMatchObject({ traceId: other })
  expect(await trace(['--file', 'trace.json', 'd'.repeat(32)], { cwd })).toMatchObject({ code: 1 })
})
