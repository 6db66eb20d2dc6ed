import { Pool, type PoolClient, type QueryResultRow } from 'pg'

const DEVELOPMENT_URL = 'postgres://postgres@127.0.0.1:5433/app'

let pool: Pool | undefined

/** The pool, made at the first query: a build imports this file where there is no database. */
function openPool(): Pool {
  if (pool === undefined) {
    pool = new Pool({ connectionString: process.env['DATABASE_URL'] ?? DEVELOPMENT_URL })
    // Without a listener the loss of an idle connection would end the process.
    pool.on('error', error => console.error('an idle database connection was lost:', error.message))
  }
  return pool
}

/** The rows that a statement gives. */
export async function query<Row extends QueryResultRow>(
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const { rows } = await openPool().query<Row>(text, values)
  return rows
}

/** Runs `work` in one transaction; when it throws, nothing of it stays. */
export async function transaction<Result>(
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await openPool().connect()
  let lost: Error | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((cause: Error) => (lost = cause))
    throw error
  } finally {
    // A connection that could not even roll back is not used again.
    client.release(lost)
  }
}
