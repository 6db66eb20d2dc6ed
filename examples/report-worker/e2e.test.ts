import '@throughline/testing/matchers'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestDatabase, type Database } from '@throughline-example/database'
import { METRIC_THROUGHLINE_JOB_DURATION, METRIC_THROUGHLINE_JOBS } from '@throughline/conventions'
import {
  startCollector,
  type Collector,
  type SpanNode,
  type SpanPattern,
  type TraceTree,
} from '@throughline/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startExample, type RunningExample } from '../demo/src/start-example.ts'

const OWNERS = join(import.meta.dirname, '..', 'ownership.yaml')

let folder: string
let collector: Collector
let database: Database
let payments: RunningExample
let api: RunningExample
let worker: RunningExample

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-report-worker-'))
  collector = await startCollector()
  database = await startTestDatabase()
  payments = await startExample({ name: 'payments', args: ['src/main.ts'] })
  api = await startExample({ name: 'partner-api', environment: neighbours() })
  worker = await startWorker({ reportSeconds: 0.3 })
  await forgetReadiness()
})
afterAll(async () => {
  for (const started of [worker, api, payments, database, collector])
    await started?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})
beforeEach(() => collector.clear())

/** What a traced service finds the others by; the owners know the payment service by its port. */
function neighbours(): Record<string, string> {
  const owners = join(folder, 'ownership.yaml')
  const { host } = new URL(payments.url)
  writeFileSync(owners, readFileSync(OWNERS, 'utf8').replaceAll('127.0.0.1:3002', host))
  return {
    ...collector.env,
    DATABASE_URL: database.url,
    PAYMENTS_URL: payments.url,
    THROUGHLINE_CATALOG: owners,
  }
}

const startWorker = ({ reportSeconds }: { reportSeconds: number }): Promise<RunningExample> =>
  startExample({
    name: 'report-worker',
    environment: { ...neighbours(), REPORT_SECONDS: String(reportSeconds) },
  })

/** Waits until it has arrived that the worker was asked whether it is ready, and forgets it. */
async function forgetReadiness(): Promise<void> {
  await collector.waitForTrace({
    until: ({ roots: [root] }) => root?.service === 'report-worker' && root.kind === 'server',
  })
  collector.clear()
}

const callApi = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(api.url + path, {
    ...init,
    headers: { 'x-api-key': 'demo-partner-key', 'content-type': 'application/json' },
  })

/** Orders the report of a month; gives its id. */
async function order(month: string): Promise<string> {
  const response = await callApi('/v1/reports', { method: 'POST', body: JSON.stringify({ month }) })
  expect(response.status).toBe(202)
  return ((await response.json()) as { id: string }).id
}

const readReport = async (id: string): Promise<unknown> =>
  (await callApi(`/v1/reports/${id}`)).json()

const setPaymentsMode = (mode: 'normal' | 'failing'): Promise<Response> =>
  fetch(`${payments.url}/v1/mode`, { method: 'PUT', body: JSON.stringify({ mode }) })

const attemptsOf = ({ spans }: TraceTree): SpanNode[] =>
  spans.filter(({ kind }) => kind === 'consumer')

/** The whole trace of an order, once the last attempt at its job is as asked. */
const waitForAttempt = (isLast: (attempt: SpanNode) => boolean): Promise<TraceTree> =>
  collector.waitForTrace({
    root: 'POST /v1/reports',
    until: trace => trace.orphans.length === 0 && attemptsOf(trace).slice(-1).some(isLast),
  })
const failed = ({ status }: SpanNode): boolean => status === 'error'
const completed = (attempt: SpanNode): boolean => !failed(attempt)

const failedBecause = (message: string): object => ({
  status: 'error',
  statusMessage: message,
  events: [{ name: 'exception', attributes: { 'exception.message': message } }],
})

/** The values of a metric of the worker about the queue of reports, by the label named. */
async function readMetric(name: string, label: string): Promise<Record<string, number>> {
  const lines = (await (await fetch(worker.metricsUrl)).text()).split('\n')
  const ofQueue = lines.filter(line => line.startsWith(`${name}{`) && line.includes('"reports"'))
  const labelled = new RegExp(`${label}="(\\w+)".*} (\\d+)`)
  return Object.fromEntries(
    ofQueue.map(line => {
      const [, value = '', number] = labelled.exec(line) ?? []
      return [value, Number(number)]
    }),
  )
}

const countAttempts = (): Promise<{ completed?: number; failed?: number }> =>
  readMetric(`${METRIC_THROUGHLINE_JOB_DURATION.name}_count`, 'outcome')

const JOB: readonly SpanPattern[] = [
  { service: 'partner-api', name: 'POST /v1/reports', kind: 'server', team: 'data' },
  { service: 'partner-api', name: 'send reports', kind: 'producer', team: 'data' },
  {
    service: 'report-worker',
    name: 'process reports',
    kind: 'consumer',
    team: 'data',
    attributes: { 'messaging.destination.name': 'reports', 'throughline.actor': 'job' },
  },
]

test('an ordered report is one trace from the API through the queue to the database and the payment service', async () => {
  const id = await order('2026-03')
  const trace = await waitForAttempt(completed)
  expect(collector).toBeOneTrace()
  expect(trace).toNameTeams({ 'partner-api': 'data', 'report-worker': 'data' })
  expect(trace).toContainPath([
    ...JOB,
    { service: 'report-worker', team: 'data', attributes: { 'db.system.name': 'postgresql' } },
  ])
  expect(trace).toContainPath([
    ...JOB,
    { service: 'report-worker', kind: 'client', name: 'GET', team: 'billing' },
  ])
  expect(await readReport(id)).toEqual({
    id,
    month: '2026-03',
    status: 'done',
    attempts: 1,
    result: {
      totals: [
        { status: 'open', invoices: 1, cents: 15_200 },
        { status: 'paid', invoices: 2, cents: 30_400 },
      ],
      customers: ['Acme Books', 'Borealis', 'Cinder'].map(name => ({ name, invoices: 1 })),
      charges: { ch_7: 'succeeded', ch_8: 'succeeded', ch_9: 'succeeded' },
    },
  })
})

test('a job that fails is tried again in the same trace, and /metrics counts each attempt', async () => {
  const before = await countAttempts()
  await setPaymentsMode('failing')
  const id = await order('2026-04')
  const { traceId } = await waitForAttempt(failed)
  await setPaymentsMode('normal')

  const trace = await waitForAttempt(completed)
  expect(trace.traceId).toBe(traceId)
  expect(trace).toBeOneTrace()
  expect(trace).toContainPath([...JOB.slice(0, -1), { kind: 'consumer', status: 'error' }])
  expect(trace).toContainPath([...JOB.slice(0, -1), { kind: 'consumer', status: 'unset' }])
  const failures = attemptsOf(trace).slice(0, -1)
  for (const failure of failures)
    expect(failure).toMatchObject(failedBecause('the payment service answered 503'))
  // Two attempts, or three where this machine was slower than the retry.
  const attempts = failures.length + 1
  expect(await readReport(id)).toMatchObject({ status: 'done', attempts })
  expect(await countAttempts()).toEqual({
    failed: (before.failed ?? 0) + failures.length,
    completed: (before.completed ?? 0) + 1,
  })
})

test('/metrics shows what is in the queue, by state', async () => {
  const jobs = await readMetric(METRIC_THROUGHLINE_JOBS.name, 'state')
  expect(Object.keys(jobs).toSorted()).toEqual(['active', 'blocked', 'deferred', 'failed', 'ready'])
})

test('SIGTERM ends an idle worker with code 0', async () => {
  expect(await worker.stop()).toEqual({ code: 0, signal: null })
})

test('a job that SIGTERM cuts short is finished by the next worker, in the same trace', async () => {
  await worker.stop()
  const slow = await startWorker({ reportSeconds: 60 })
  await forgetReadiness()
  const id = await order('2026-05')
  await collector.waitForTrace({
    root: 'POST /v1/reports',
    until: ({ spans }) => spans.some(({ service }) => service === 'report-worker'),
  })
  expect(await slow.stop()).toEqual({ code: 0, signal: null })
  const { traceId } = await waitForAttempt(failed)

  worker = await startWorker({ reportSeconds: 0.3 })
  const trace = await waitForAttempt(completed)
  expect(trace.traceId).toBe(traceId)
  expect(attemptsOf(trace)).toMatchObject([
    failedBecause('the worker was told to stop'),
    { status: 'unset', team: 'data' },
  ])
  expect(await readReport(id)).toMatchObject({ status: 'done', attempts: 2 })
})
