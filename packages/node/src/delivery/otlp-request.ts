import { request as requestHttp, type Agent, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Socket } from 'node:net'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { convertLegacyHttpOptions } from '@opentelemetry/otlp-exporter-base/node-http'
import type { Protocol } from '../environment.ts'

/** Where OTLP is sent, and how. */
export interface OtlpTarget {
  readonly url: URL
  readonly agent: Agent
  readonly headers: Readonly<Record<string, string>>
  readonly gzip: boolean
  readonly timeoutMs: number
}

/** A collector's answer as far as it came, or why there is none. */
export type OtlpAnswer =
  | {
      readonly status: number
      readonly retryAfter: string | undefined
      readonly contentType: string | undefined
      readonly body: Buffer
    }
  | { readonly error: Error & { readonly code?: unknown } }

const MAX_ANSWER_BYTES = 65_536

const compress = promisify(gzip)

/** Content types by protocol. */
export const CONTENT_TYPES: Readonly<Record<Protocol, string>> = {
  'http/json': 'application/json',
  'http/protobuf': 'application/x-protobuf',
}

const PATHS = { TRACES: 'v1/traces', LOGS: 'v1/logs' } as const

/** What is sent, where to, and in which encoding. */
export interface OtlpPlace {
  readonly signal: keyof typeof PATHS
  /** Whole address. */
  readonly url: string
  readonly contentType: string
}

/** Reads headers, TLS, compression and timeout from `OTEL_EXPORTER_OTLP_*`, and those of the signal. */
export async function readTarget({ signal, url, contentType }: OtlpPlace): Promise<OtlpTarget> {
  const options = convertLegacyHttpOptions({ url }, signal, PATHS[signal], {
    'Content-Type': contentType,
  })
  const target = new URL(url)
  return {
    url: target,
    agent: await options.agentFactory(target.protocol),
    headers: await options.headers(),
    gzip: options.compression === 'gzip',
    timeoutMs: options.timeoutMillis,
  }
}

/**
 * Sends a body once. Never rejects, and takes no longer than `timeoutMs` whatever the other side does: from the name's
 * look-up to the last byte of the answer. `signal` ends it before.
 *
 * An open connection does not keep the process alive.
 */
export async function postOtlp(
  { url, agent, headers, gzip: gzipped }: OtlpTarget,
  plain: Uint8Array,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<OtlpAnswer> {
  const body = gzipped ? await compress(plain) : plain
  return new Promise(resolve => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(url, {
      method: 'POST',
      agent,
      headers: {
        ...headers,
        'content-length': body.length,
        ...(gzipped && { 'content-encoding': 'gzip' }),
      },
    })
    const timeOut = (): void => {
      request.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }))
    }
    const timer = setTimeout(timeOut, timeoutMs).unref()
    signal?.addEventListener('abort', timeOut)
    const finish = (answer: OtlpAnswer): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', timeOut)
      // It answered before it had read all, and may never read the rest.
      if (!request.writableFinished) request.destroy()
      resolve(answer)
    }
    let answered = false
    request.on('socket', socket => letProcessEnd(socket, request.reusedSocket))
    // Once there is an answer its status decides, even when the rest of it never comes.
    request.on('error', error => answered || finish({ error }))
    request.on('response', response => {
      answered = true
      readAnswer(response, finish)
    })
    request.end(body)
  })
}

function readAnswer(response: IncomingMessage, finish: (answer: OtlpAnswer) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  response.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > MAX_ANSWER_BYTES) response.destroy()
    else chunks.push(chunk)
  })
  // Followed by close.
  response.on('error', () => undefined)
  response.on('close', () => {
    const { statusCode = 0, headers } = response
    finish({
      status: statusCode,
      retryAfter: headers['retry-after'],
      contentType: headers['content-type'],
      body: Buffer.concat(chunks),
    })
  })
}

function letProcessEnd(socket: Socket, isReused: boolean): void {
  const letGo = (): void => void socket.unref()
  letGo()
  if (isReused) return
  // Each address of a name gets a handle of its own.
  socket.on('connectionAttempt', letGo)
  socket.once('close', () => socket.off('connectionAttempt', letGo))
}
