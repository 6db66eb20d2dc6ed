import { expect, test } from 'vitest'
import { explainRefusals, explainSilence, type SilentRun } from '../../src/run/run-findings.ts'
import { makeSpan } from '../../../trace/test/make-span.ts'
import { makeApp } from './make-app.ts'

const app = makeApp()
const answered = {
  method: 'GET',
  path: '/',
  sentAtMs: 0,
  status: 200,
  location: undefined,
  failure: undefined,
} as const
const LOADED = 'throughline: loads @opentelemetry/api\n'

const silent: SilentRun = {
  app,
  settings: [],
  spans: [],
  requests: [answered],
  output: LOADED,
  command: 'npm run dev',
}

test.for([
  { what: 'nothing', run: silent, code: 'NO_TRACE' },
  { what: 'a start without ours', run: { ...silent, output: '' }, code: 'PRELOAD_MISSING' },
  {
    what: 'no package of ours',
    run: { ...silent, app: makeApp({ isInstalled: false }) },
    code: 'PACKAGE_MISSING',
  },
  {
    what: 'a switch',
    run: {
      ...silent,
      settings: [{ name: 'OTEL_SDK_DISABLED', value: 'true', at: 'api/.env:2' }],
    },
    code: 'SDK_DISABLED',
  },
  {
    what: 'another name',
    run: { ...silent, spans: [makeSpan({ kind: 'server', service: 'shop' })] },
    code: 'SERVICE_NAME_DIFFERS',
  },
  {
    what: 'no answer',
    run: { ...silent, requests: [{ ...answered, status: undefined, failure: 'socket hang up' }] },
    code: 'REQUEST_NOT_ANSWERED',
  },
  {
    what: 'a message of ours',
    run: {
      ...silent,
      output: `${LOADED}throughline: spans are lost: the collector refused them (400)\n`,
    },
    code: 'TELEMETRY_REFUSED',
  },
])('without a trace, $what is $code', ({ run, code }) => {
  expect(explainSilence(run).map(finding => finding.code)).toEqual([code])
})

test('what was answered is said where nothing else explains it', () => {
  const requests = [
    { ...answered, status: 404 },
    { ...answered, path: '/a', status: 307, location: '/login' },
  ]
  expect(explainSilence({ ...silent, requests })[0]?.what).toBe(
    'npm run dev was sent a request, and no span came (GET / 404, GET /a 307 to /login)',
  )
})

test('who traces already is told from what to do', () => {
  const output =
    'throughline: --import @throughline/node/register was not started: dd-trace already traces this process. Remove dd-trace: it is in the way.\n'
  expect(explainRefusals({ app, output })).toMatchObject([
    {
      code: 'TRACED_ALREADY',
      what: '--import @throughline/node/register was not started: dd-trace already traces this process',
      fix: 'Remove dd-trace: it is in the way.',
    },
  ])
})

test('what our packages say in passing is no refusal', () => {
  const output = [
    'throughline: no ownership.yaml in /app or above it; spans are unowned.',
    'throughline: port 9464 is taken; the metrics of web are at http://127.0.0.1:9465/metrics',
  ].join('\n')
  expect(explainRefusals({ app, output })).toEqual([])
})
