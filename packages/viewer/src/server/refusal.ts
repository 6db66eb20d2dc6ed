import type { IncomingMessage, ServerResponse } from 'node:http'
import { endAnswer } from '@throughline/otlp'
import type { ApiError } from '../api/meta.ts'

/** A request that is not served: why, and what whoever sent it can do. */
export interface Refusal extends ApiError {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers with a refusal: in JSON under `/api/`, else in plain words. */
export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  { status, error, fix, headers }: Refusal,
): void {
  // Whoever asked is gone, or has its answer already.
  if (response.headersSent || response.destroyed) return
  const inJson = request.url?.startsWith('/api/') === true
  const body = inJson ? JSON.stringify({ error, fix } satisfies ApiError) : `${error}\n${fix}\n`
  const isAnsweredEarly = !request.complete && carriesBody(request)
  response.writeHead(status, {
    'content-type': inJson ? 'application/json' : 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    // The rest of a body that is not read would be taken for the next request.
    ...(isAnsweredEarly && { connection: 'close' }),
    ...headers,
  })
  if (isAnsweredEarly) endAnswer(request, response, body)
  else response.end(request.method === 'HEAD' ? undefined : body)
}

/** The refusal of a method that an address does not take. */
export function methodRefusal(allowed: string): Refusal {
  return {
    status: 405,
    error: `this address takes ${allowed} only`,
    fix: `Ask by ${allowed}.`,
    headers: { allow: allowed },
  }
}

const carriesBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
