import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createBodyBudget, type BodyBudget } from './body-budget.ts'
import { readBody, RefusedRequest, type BodyLimits } from './body.ts'
import { decodeLogs, decodeMetrics, decodeTraces, type Encoding, type Signal } from './decode.ts'
import { endAnswer } from './end-answer.ts'
import { MalformedBody, OversizedBody } from './errors.ts'
import type { LogRecord, MetricPoint, SpanRecord } from './records.ts'
import { CONTENT_TYPES, encodingOf, exportReply, statusReply } from './reply.ts'

/** The body of a request, inflated. */
export interface ReceivedBody {
  readonly encoding: Encoding
  readonly bytes: Buffer
}

/** What a receiver does with what it gets. A listener that throws answers 500; the receiver goes on. */
export interface ReceiverListeners {
  /** `body` is what they came in, with what was rejected of it. */
  readonly onTraces?: (spans: SpanRecord[], body: ReceivedBody) => void
  readonly onLogs?: (logs: LogRecord[]) => void
  readonly onMetrics?: (points: MetricPoint[]) => void
}

/** Options of {@link createReceiverHandler}. */
export interface ReceiverHandlerOptions extends ReceiverListeners, Partial<BodyLimits> {}

/** Options of {@link startReceiver}. */
export interface ReceiverOptions extends ReceiverHandlerOptions {
  /** @default 0, any free port */
  readonly port?: number
  /** @default '127.0.0.1' */
  readonly host?: string
}

/** A running receiver. */
export interface Receiver extends AsyncDisposable {
  /** Base address, as `OTEL_EXPORTER_OTLP_ENDPOINT` takes it. */
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

const DEFAULT_LIMITS: BodyLimits = {
  maxBodyBytes: 20 * 1024 * 1024,
  maxInflatedBytes: 20 * 1024 * 1024,
  maxPendingBytes: 80 * 1024 * 1024,
}

const SIGNALS: Readonly<Record<string, Signal>> = {
  '/v1/traces': 'traces',
  '/v1/logs': 'logs',
  '/v1/metrics': 'metrics',
}

/** Codes of `google.rpc.Code` by HTTP status, where it is not the sender's fault. */
const RPC_CODES: Readonly<Record<number, number>> = { 500: 13, 503: 14 }
const RPC_INVALID_ARGUMENT = 3

/**
 * A request listener that takes OTLP/HTTP at `/v1/traces`, `/v1/logs` and `/v1/metrics`, in protobuf or JSON, gzipped or
 * not, and answers as the protocol asks.
 *
 * Other paths get 404, so it can stand behind a server's own routes. What is malformed gets 400, what is too large
 * 413, what is of another type 415, what comes while too much else does 503; a record with a bad id is left out and
 * counted in a partial success.
 */
export function createReceiverHandler(options: ReceiverHandlerOptions = {}): RequestListener {
  const limits: BodyLimits = { ...DEFAULT_LIMITS, ...options }
  const budget = createBodyBudget(limits.maxPendingBytes)
  return (request, response) => {
    void handle(request, response, { limits, budget, listeners: options })
  }
}

/** Starts a receiver of its own. Rejects when the port cannot be had. */
export async function startReceiver({
  port = 0,
  host = '127.0.0.1',
  ...options
}: ReceiverOptions = {}): Promise<Receiver> {
  const server = createServer(createReceiverHandler(options))
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    if (!server.listening) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** What all requests of a handler share. */
interface Receiving {
  readonly limits: BodyLimits
  readonly budget: BodyBudget
  readonly listeners: ReceiverListeners
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { limits, budget, listeners }: Receiving,
): Promise<void> {
  const encoding = encodingOf(request.headers['content-type'])
  const answerIn = encoding ?? 'json'
  try {
    const signal = SIGNALS[request.url?.split('?', 1)[0] ?? '']
    if (signal === undefined)
      throw new RefusedRequest(404, 'OTLP is taken at /v1/traces, /v1/logs and /v1/metrics')
    if (request.method !== 'POST') throw new RefusedRequest(405, 'OTLP is sent by POST')
    if (encoding === undefined) {
      throw new RefusedRequest(
        415,
        `content-type must be ${CONTENT_TYPES.protobuf} or ${CONTENT_TYPES.json}`,
      )
    }
    const bytes = await readBody(request, limits, budget)
    const { rejected, reason } = take(signal, { bytes, encoding }, listeners)
    send(request, response, 200, encoding, exportReply(signal, encoding, rejected, reason))
  } catch (error) {
    refuse(request, response, answerIn, error)
  }
}

function take(
  signal: Signal,
  body: ReceivedBody,
  { onTraces, onLogs, onMetrics }: ReceiverListeners,
): { readonly rejected: number; readonly reason: string } {
  const { bytes, encoding } = body
  switch (signal) {
    case 'traces': {
      const decoded = decodeTraces(bytes, encoding)
      onTraces?.(decoded.records, body)
      return decoded
    }
    case 'logs': {
      const decoded = decodeLogs(bytes, encoding)
      onLogs?.(decoded.records)
      return decoded
    }
    case 'metrics': {
      const decoded = decodeMetrics(bytes, encoding)
      onMetrics?.(decoded.records)
      return decoded
    }
  }
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  encoding: Encoding,
  error: unknown,
): void {
  // The client went away while it sent: there is nobody to answer.
  if (request.destroyed && !request.complete) return
  const status = statusOf(error)
  if (status === 405) response.setHeader('allow', 'POST')
  // Exporters send again what is refused so, and after this many seconds.
  if (status === 503) response.setHeader('retry-after', '1')
  // The rest of a body that is not read would be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close')
  const code = RPC_CODES[status] ?? RPC_INVALID_ARGUMENT
  const message = error instanceof Error ? error.message : String(error)
  send(request, response, status, encoding, statusReply(encoding, code, message))
}

function statusOf(error: unknown): number {
  if (error instanceof RefusedRequest) return error.status
  if (error instanceof MalformedBody) return 400
  return error instanceof OversizedBody ? 413 : 500
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  encoding: Encoding,
  body: Buffer,
): void {
  response.writeHead(status, {
    'content-type': CONTENT_TYPES[encoding],
    'content-length': body.length,
  })
  endAnswer(request, response, body)
}
