import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Stored } from '../api/meta.ts'
import type { ReadRequest } from '../reading/protocol.ts'
import type { Reading } from '../reading/reading.ts'
import { parseApiRequest } from './api-requests.ts'
import type { LiveUpdates } from './live-updates.ts'
import { methodRefusal, sendRefusal, type Refusal } from './refusal.ts'
import type { Target } from './target.ts'

/** What the API is made of. */
export interface ApiParts {
  readonly reading: Reading
  readonly live: LiveUpdates
  readonly stored: () => Stored
  readonly importFile: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** Serves `/api/`: what is read comes from the reading thread as bytes, and is passed on as they are. */
export function createApiHandler({
  reading,
  live,
  stored,
  importFile,
}: ApiParts): (request: IncomingMessage, response: ServerResponse, target: Target) => void {
  return (request, response, target) => {
    const { method } = request
    if (target.path === '/api/import') {
      if (method === 'POST') void importFile(request, response)
      else sendRefusal(request, response, methodRefusal('POST'))
      return
    }
    if (method !== 'GET' && method !== 'HEAD') {
      return sendRefusal(request, response, methodRefusal('GET, HEAD'))
    }
    if (target.path === '/api/live') return live.join(request, response)
    const asked = parseApiRequest(target, stored) ?? unknown(target.path)
    if (isRefusal(asked)) return sendRefusal(request, response, asked)
    void answer(request, response, asked, reading)
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  asked: ReadRequest,
  reading: Reading,
): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const { status, body } = await reading.ask(asked, gone.signal)
  if (response.destroyed) return
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': body.byteLength,
      'cache-control': 'no-store',
      ...(asked.kind === 'export' &&
        status === 200 && {
          'content-disposition': `attachment; filename="trace-${asked.traceId}.json"`,
        }),
    })
    .end(request.method === 'HEAD' ? undefined : body)
}

const isRefusal = (asked: ReadRequest | Refusal): asked is Refusal => 'status' in asked

const unknown = (path: string): Refusal => ({
  status: 404,
  error: `there is no ${path} in this API`,
  fix: 'Look at the table of the API in the README of @throughline/viewer.',
})
