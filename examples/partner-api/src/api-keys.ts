import { createHash } from 'node:crypto'
import { recordAuthFailure } from '@throughline/node'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { ApiError } from './errors.ts'

/** A partner's key. */
export interface ApiKey {
  readonly id: string
  readonly requestsPerMinute: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Key that the request was made with. */
    apiKey: ApiKey
  }
}

const FIND_KEY = 'select id, requests_per_minute from api_keys where key_hash = $1'

/** Lets only requests with a known `x-api-key` through to the routes of `app`, and says of all others why. */
export function requireApiKey(app: FastifyInstance, database: Pool): void {
  app.decorateRequest('apiKey', null as unknown as ApiKey)
  app.addHook('onRequest', async request => {
    const given = request.headers['x-api-key']
    if (typeof given !== 'string' || given === '') {
      recordAuthFailure('missing_credentials')
      throw new ApiError('unauthorized', 'The header x-api-key is missing.')
    }
    const { rows } = await database
      .query<{ id: string; requests_per_minute: number }>(FIND_KEY, [hash(given)])
      .catch((error: unknown) => {
        // No fault of the caller: the key may well be good.
        recordAuthFailure('unverifiable')
        throw error
      })
    const [found] = rows
    if (found === undefined) {
      recordAuthFailure('invalid_credentials')
      throw new ApiError('unauthorized', 'The key in x-api-key is not known.')
    }
    request.apiKey = { id: found.id, requestsPerMinute: found.requests_per_minute }
  })
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
