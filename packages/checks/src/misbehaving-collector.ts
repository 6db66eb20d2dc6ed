import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { decodeTraces, type Encoding } from '@throughline/otlp'

/** What a collector does to those that send to it. */
export const BEHAVIOURS = [
  /** Takes everything. */
  'healthy',
  /** Its port is closed. */
  'refuses',
  /** Reads requests and never answers. */
  'never answers',
  /** Takes connections and reads nothing from them. */
  'never reads',
  /** Takes everything, 3 s after it came. */
  'slow',
  /** 413. */
  'too large',
  /** 429, with a `Retry-After` of 1 s. */
  'throttles',
  /** 503. */
  'unavailable',
  /** 200, with bytes that are no OTLP. */
  'garbage',
  /** Answers in something that is no HTTP. */
  'no http',
  /** Closes the connection when it has read the request. */
  'hangs up',
  /** 200, and closes the connection within the body. */
  'cuts off',
  /** Leaves out one span of each request. */
  'partial',
] as const
export type Behaviour = (typeof BEHAVIOURS)[number]

/** What a collector has seen so far. */
export interface Counts {
  readonly requests: number
  /** Spans of requests that it read to the end, again with each time that they were sent. */
  readonly received: number
  /** Spans that it answered to have taken. */
  readonly taken: number
}

/** A collector that can be told to misbehave, and to mend its ways. */
export interface MisbehavingCollector extends AsyncDisposable {
  /** As `OTEL_EXPORTER_OTLP_ENDPOINT` takes it. */
  readonly url: string
  counts(): Counts
  /** Changes what it does from now on; what it owes to requests that came before, it still owes. */
  behave(behaviour: Behaviour): Promise<void>
}

const SLOW_MS = 3_000
const ASKED_PAUSE_SECONDS = 1

type Answer = (response: ServerResponse, spans: number, encoding: Encoding) => number

const take: Answer = (response, spans, encoding) => {
  if (encoding === 'protobuf') response.writeHead(200).end()
  else response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  return spans
}

/** How it answers a request that it has read, by what it does; gives how many spans it took. */
const ANSWERS: Readonly<Partial<Record<Behaviour, Answer>>> = {
  'too large': refuse(413),
  throttles: refuse(429, { 'retry-after': String(ASKED_PAUSE_SECONDS) }),
  unavailable: refuse(503),
  garbage(response, spans) {
    response.writeHead(200, { 'content-type': 'application/x-protobuf' })
    response.end(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0x00, 0x17]))
    return spans
  },
  'hangs up'(response) {
    response.destroy()
    return 0
  },
  'cuts off'(response, spans) {
    response.writeHead(200, { 'content-length': 1_000 }).write('{', () => response.destroy())
    return spans
  },
  partial(response, spans, encoding) {
    const rejectedSpans = 1
    if (encoding === 'json') {
      const partialSuccess = { rejectedSpans, errorMessage: 'one is bad' }
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ partialSuccess }))
    } else {
      // Field 1 of the answer holds field 1, the number.
      response.writeHead(200, { 'content-type': 'application/x-protobuf' })
      response.end(Buffer.from([0x0a, 0x02, 0x08, rejectedSpans]))
    }
    return spans - rejectedSpans
  },
}

/** Starts a collector that is healthy at first, on the loopback address. */
export async function startMisbehavingCollector(): Promise<MisbehavingCollector> {
  let behaviour: Behaviour = 'healthy'
  let requests = 0
  let received = 0
  let taken = 0
  const sockets = new Set<Socket>()

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests += 1
    const encoding = request.headers['content-type'] === 'application/json' ? 'json' : 'protobuf'
    const spans = decodeTraces(await buffer(request), encoding).records.length
    received += spans
    if (behaviour === 'never answers') return
    if (behaviour === 'slow') await delay(SLOW_MS, undefined, { ref: false })
    // It was too slow for whoever asked.
    if (response.destroyed) return
    taken += (ANSWERS[behaviour] ?? take)(response, spans, encoding)
  }
  const http = createHttpServer((request, response) => {
    // A client that goes away while it sends is what some tests are about.
    handle(request, response).catch(() => response.destroy())
  })
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined)
    if (behaviour === 'never reads') socket.pause()
    else if (behaviour === 'no http') socket.end('220 mail.example.com ESMTP\r\n')
    else http.emit('connection', socket)
  })
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const close = async (): Promise<void> => {
    if (!server.listening) return
    server.close()
    hangUp()
    await once(server, 'close')
  }
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  const port = await listen(0)

  return {
    url: `http://127.0.0.1:${port}`,
    counts: () => ({ requests, received, taken }),
    async behave(next) {
      behaviour = next
      if (next === 'refuses') await close()
      else if (!server.listening) await listen(port)
      // These do it to connections, so to new ones.
      if (next === 'never reads' || next === 'no http') hangUp()
    },
    [Symbol.asyncDispose]: close,
  }
}

function refuse(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return response => {
    response.writeHead(status, headers).end()
    return 0
  }
}
