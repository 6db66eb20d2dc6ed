import { findFreePort, startTestDatabase } from '@throughline-example/database'
import { readMetricsPage, type Sample } from '@throughline/checks/metrics-page'
import { startCollector } from '@throughline/testing'
import {
  METRIC_DB_CLIENT_CONNECTION_COUNT,
  METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS,
  METRIC_DB_CLIENT_OPERATION_DURATION,
} from '@throughline/conventions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cellsOf } from './cell.ts'
import { startFixture } from './fixture-app.ts'

let database: Awaited<ReturnType<typeof startTestDatabase>>
beforeAll(async () => void (database = await startTestDatabase()))
afterAll(() => database.stop())

/** What came of a deed in the application. */
interface Outcome {
  readonly thrown?: string
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
  readonly error?: { readonly message: string; readonly code?: string; readonly stack: string }
}

interface PgApp extends AsyncDisposable {
  /** Has the application do something, of pg-commands.cjs. */
  tell(deed: string, arguments_: object): Promise<Outcome>
  scrape(): Promise<readonly Sample[]>
  output(): string
}

async function startApp(
  file: string,
  environment: Readonly<Record<string, string>> = { OTEL_TRACES_EXPORTER: 'none' },
): Promise<PgApp> {
  const metricsPort = await findFreePort()
  const app = await startFixture(file, {
    environment: {
      ...environment,
      THROUGHLINE_METRICS_PORT: String(metricsPort),
      PGHOST: '127.0.0.1',
      PGPORT: String(database.port),
      PGUSER: 'postgres',
      PGDATABASE: 'postgres',
    },
  })
  return {
    tell: async (deed, arguments_) => {
      const body = JSON.stringify(arguments_)
      return (await (await fetch(`${app.url}/${deed}`, { method: 'POST', body })).json()) as Outcome
    },
    scrape: () => readMetricsPage(`http://127.0.0.1:${metricsPort}/metrics`),
    output: app.output,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

const POOL = 'db_client_connection_pool_name'
const nameIn = (databaseName: string): string => `127.0.0.1:${database.port}/${databaseName}`

/** Used, idle and waited for, by name of pool. */
function poolsOf(page: readonly Sample[]): Record<string, readonly (number | undefined)[]> {
  const valueOf = (metric: string, labels: Readonly<Record<string, string>>): number | undefined =>
    page.find(
      sample =>
        sample.name === metric &&
        Object.entries(labels).every(([name, value]) => sample.labels[name] === value),
    )?.value
  const names = page.flatMap(({ labels }) => labels[POOL] ?? [])
  return Object.fromEntries(
    [...new Set(names)].map(name => [
      name,
      [
        ...['used', 'idle'].map(state =>
          valueOf(METRIC_DB_CLIENT_CONNECTION_COUNT.name, {
            [POOL]: name,
            db_client_connection_state: state,
          }),
        ),
        valueOf(METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS.name, { [POOL]: name }),
      ],
    ]),
  )
}

/** Operations that were counted, as `SELECT 42P01`, with how often. */
const operationsOf = (page: readonly Sample[]): Record<string, number> =>
  Object.fromEntries(
    page
      .filter(({ name }) => name === `${METRIC_DB_CLIENT_OPERATION_DURATION.name}_count`)
      .map(({ labels, value }) => [
        `${labels['db_operation_name']} ${labels['error_type']}`.trim(),
        value,
      ]),
  )

/** Ways to give pg a statement, of pg-commands.cjs. */
const FORMS = [
  'pool.query',
  'pool.query, callback',
  'client.query',
  'client.query, values',
  'client.query, object',
  'client.query, callback',
  'client.query, values and callback',
  'client.query, object with callback',
  'client.query, Query with callback',
]

describe.for(cellsOf('pg'))('$name', ({ file }) => {
  test('callers that wait for a pool that is fully held are seen at a scrape, without any event', async () => {
    await using app = await startApp(file)
    await app.tell('open', { pool: 'held', max: 2, database: 'app' })
    await app.tell('hold', { pool: 'held', clients: 2 })
    await app.tell('wait', { pool: 'held', callers: 3 })
    expect(poolsOf(await app.scrape())[nameIn('app')]).toEqual([2, 0, 3])
    expect(poolsOf(await app.scrape())[nameIn('app')]).toEqual([2, 0, 3])
    await app.tell('giveBack', { pool: 'held' })
    await expect.poll(async () => poolsOf(await app.scrape())[nameIn('app')]).toEqual([0, 2, 0])
  })

  test('pools of different databases are told apart, and those of one database are added up', async () => {
    await using app = await startApp(file)
    await app.tell('open', { pool: 'big', max: 3, database: 'app' })
    await app.tell('open', { pool: 'small', max: 1, database: 'template1' })
    await app.tell('open', { pool: 'more', max: 2, database: 'app' })
    await app.tell('hold', { pool: 'big', clients: 3 })
    await app.tell('hold', { pool: 'small', clients: 1 })
    await app.tell('hold', { pool: 'more', clients: 1 })
    await app.tell('wait', { pool: 'small', callers: 2 })
    await app.tell('giveBack', { pool: 'more' })
    expect(poolsOf(await app.scrape())).toEqual({
      [nameIn('postgres')]: [0, 1, 0],
      [nameIn('app')]: [3, 1, 0],
      [nameIn('template1')]: [1, 0, 2],
    })
  })

  test('a pool has the name of what it connects to, whether by a connection string, by options or by the environment, and no user or password', async () => {
    await using app = await startApp(file)
    // It was used before any request, and has nothing but the environment.
    expect(poolsOf(await app.scrape())).toEqual({ [nameIn('postgres')]: [0, 1, 0] })
    const connectionString = `postgres://postgres:s3cret@127.0.0.1:${database.port}/app?application_name=x`
    await app.tell('open', { pool: 'string', connectionString })
    await app.tell('hold', { pool: 'string', clients: 1 })
    const socket = { host: '/tmp/no.socket', port: 6432, user: 'somebody', password: 's3cret' }
    await app.tell('open', { pool: 'socket', ...socket, database: 'app' })
    const { error } = await app.tell('hold', { pool: 'socket', clients: 1 })
    expect(error?.code).toBe('ENOENT')
    const page = await app.scrape()
    expect(poolsOf(page)).toEqual({
      [nameIn('postgres')]: [0, 1, 0],
      [nameIn('app')]: [1, 0, 0],
      '/tmp/no.socket:6432/app': [0, 0, 0],
    })
    expect(JSON.stringify(page)).not.toMatch(/s3cret|somebody|unknown_/)
  })

  test('a pool that has ended, or that nobody has any more, is gone; one that is ending is there while it has connections', async () => {
    await using app = await startApp(file)
    await app.tell('open', { pool: 'ended', database: 'app' })
    await app.tell('hold', { pool: 'ended', clients: 1 })
    await app.tell('startEnding', { pool: 'ended' })
    expect(poolsOf(await app.scrape())[nameIn('app')]).toEqual([1, 0, 0])
    await app.tell('giveBack', { pool: 'ended' })
    await expect
      .poll(async () => poolsOf(await app.scrape()))
      .toEqual({ [nameIn('postgres')]: [0, 1, 0] })

    await app.tell('open', { pool: 'dropped', database: 'app', idleTimeoutMillis: 50 })
    await app.tell('query', { pool: 'dropped', form: 'pool.query', text: 'select 1' })
    expect(poolsOf(await app.scrape())[nameIn('app')]).toBeDefined()
    await app.tell('forget', { pool: 'dropped' })
    await expect
      .poll(async () => poolsOf(await app.scrape()))
      .toEqual({ [nameIn('postgres')]: [0, 1, 0] })
  })

  test('a statement that fails is counted with its SQLSTATE, and one that does not without, however pg is asked', async () => {
    await using app = await startApp(file)
    for (const [before, form] of FORMS.entries()) {
      const failing = await app.tell('query', {
        pool: 'first',
        form,
        text: 'select * from nowhere',
      })
      expect(failing.error?.code, form).toBe('42P01')
      const { rows } = await app.tell('query', { pool: 'first', form, text: 'select 1 as one' })
      expect(rows, form).toEqual([{ one: 1 }])
      const counted = operationsOf(await app.scrape())
      expect(counted, form).toEqual({ 'SELECT 42P01': before + 1, SELECT: before + 1 })
    }
  })

  test('in a transaction the statement that fails has its SQLSTATE, and those around it have none', async () => {
    await using app = await startApp(file)
    const text = 'update nowhere set a = 1'
    expect((await app.tell('transaction', { pool: 'first', text })).error?.code).toBe('42P01')
    expect(operationsOf(await app.scrape())).toEqual({ BEGIN: 1, 'UPDATE 42P01': 1, ROLLBACK: 1 })
  })

  test('an error without a code, as of a time limit of pg itself, is counted as _OTHER', async () => {
    await using app = await startApp(file)
    await app.tell('open', { pool: 'hasty', database: 'app', query_timeout: 20 })
    for (const form of ['pool.query', 'client.query', 'client.query, callback']) {
      const { error } = await app.tell('query', { pool: 'hasty', form, text: 'select pg_sleep(1)' })
      expect(error?.message, form).toBe('Query read timeout')
    }
    expect(operationsOf(await app.scrape())).toEqual({ 'SELECT _OTHER': 3 })
  })

  test('an application gets the errors of pg as it would without us', async () => {
    await using app = await startApp(file)
    const text = 'select * from nowhere'
    const awaited = await app.tell('query', { pool: 'first', form: 'client.query', text })
    // pg has it lead to who asked, over the promises that are awaited.
    expect(awaited.error?.stack).toMatch(/at async withClient .*pg-commands\.cjs/)
    const forgotten = await app.tell('queryAndForget', { pool: 'first', text })
    expect(forgotten.error?.code).toBe('42P01')
    const nothing = await app.tell('queryNothing', { pool: 'first' })
    expect(nothing).toEqual({ thrown: 'Client was passed a null or undefined query' })
    expect(app.output()).not.toMatch(/throughline: (error|warning)/)
  })

  test('a query that waited for a connection belongs to its own request, not to the one that gave it back', async () => {
    await using collector = await startCollector()
    await using app = await startApp(file, collector.env)
    await app.tell('open', { pool: 'one', max: 1, database: 'app' })
    await app.tell('hold', { pool: 'one', clients: 1 })
    const waiting = app.tell('query', { pool: 'one', form: 'pool.query', text: 'select 1' })
    await expect.poll(async () => poolsOf(await app.scrape())[nameIn('app')]).toEqual([1, 0, 1])
    await app.tell('giveBack', { pool: 'one' })
    await waiting
    const trace = await collector.waitForTrace({ containing: [/^pg\.query:SELECT/] })
    expect(trace.roots.map(({ attributes }) => attributes['url.path'])).toEqual(['/query'])
  })
})
