import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Pool, PoolClient } from 'pg'
import { ApiError } from './errors.ts'

const MAX_KEY_LENGTH = 255

/** What a write answers. */
export interface Answer {
  readonly status: number
  readonly body: object
}

interface StoredRow {
  readonly request_hash: Buffer
  readonly status: number
  readonly body: object
}

const LOCK = 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as locked'
const FIND =
  'select request_hash, status, body from idempotency_keys where key_id = $1 and idempotency_key = $2'
const KEEP =
  'insert into idempotency_keys (key_id, idempotency_key, request_hash, status, body) values ($1, $2, $3, $4, $5)'

/**
 * Does a write once for each `idempotency-key` of a partner, and answers a repeat with what the first one answered.
 *
 * The write and its answer are stored in one transaction, so neither is there without the other. The same key with
 * another request is refused, and so is one whose first request is still being served.
 */
export async function answerOnce(
  database: Pool,
  request: FastifyRequest,
  reply: FastifyReply,
  write: (client: PoolClient) => Promise<Answer>,
): Promise<object> {
  const key = readKey(request)
  return inTransaction(database, async client => {
    const stored = key === undefined ? undefined : await findStored(client, request, key)
    if (stored !== undefined) {
      reply.code(stored.status).header('idempotency-replayed', 'true')
      return stored.body
    }
    const { status, body } = await write(client)
    if (key !== undefined)
      await client.query(KEEP, [request.apiKey.id, key, hashRequest(request), status, body])
    reply.code(status)
    return body
  })
}

function readKey({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key === 'string' && key.length > 0 && key.length <= MAX_KEY_LENGTH) return key
  throw new ApiError(
    'invalid_request',
    `idempotency-key has to be one value of 1 to ${MAX_KEY_LENGTH} characters.`,
  )
}

async function findStored(
  client: PoolClient,
  request: FastifyRequest,
  key: string,
): Promise<StoredRow | undefined> {
  const { rows: locks } = await client.query<{ locked: boolean }>(LOCK, [
    `${request.apiKey.id} ${key}`,
  ])
  if (locks[0]?.locked !== true) {
    throw new ApiError(
      'idempotency_in_progress',
      'A request with this idempotency-key is still being served.',
    )
  }
  const { rows } = await client.query<StoredRow>(FIND, [request.apiKey.id, key])
  const [stored] = rows
  if (stored !== undefined && !stored.request_hash.equals(hashRequest(request))) {
    throw new ApiError('idempotency_conflict', 'This idempotency-key was used for another request.')
  }
  return stored
}

function hashRequest({ method, url, body }: FastifyRequest): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body]))
    .digest()
}

async function inTransaction<T>(
  database: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await database.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    // Closing the connection rolls back as well, and does so even when the connection is what failed.
    client.release(true)
    throw error
  }
}
