import { once } from 'node:events'
import {
  createServer,
  request as startRequest,
  type RequestListener,
  type RequestOptions,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { RPCType, setRPCMetadata } from '@opentelemetry/core'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { createUnownedResolver } from '@throughline/catalog'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createContextManager } from '../src/context-manager.ts'
import { createReporter } from '../src/diagnostics.ts'
import { readNetworks } from '../src/networks.ts'
import { createAddressReader } from '../src/requests/caller-address.ts'
import { createCredentialReader } from '../src/requests/credentials.ts'
import { createIncomingRequests } from '../src/requests/incoming-requests.ts'
import type { Caller, FinishedRequest } from '../src/requests/request.ts'
import { createServedRequests } from '../src/requests/served-requests.ts'
import type { ArrivingRequest } from '../src/trust/admission.ts'

interface Told {
  readonly finished: FinishedRequest
  readonly arriving: ArrivingRequest | undefined
}

beforeAll(() => void context.setGlobalContextManager(createContextManager()))
afterAll(() => context.disable())

/** Serves one request as the HTTP instrumentation would, and gives what was told of it. */
async function serve(
  handle: RequestListener,
  options: RequestOptions = {},
  caller: Caller = 'stranger',
): Promise<Told> {
  const { promise, resolve } = Promise.withResolvers<FinishedRequest>()
  let arriving: ArrivingRequest | undefined
  const served = createServedRequests('shop', createUnownedResolver())
  served.listen(resolve)
  const incoming = createIncomingRequests({
    served,
    admit: request => {
      arriving = request
      return { caller, restarted: undefined, parent: ROOT_CONTEXT, stranger: undefined }
    },
    readCredential: createCredentialReader({ sessionCookies: undefined, apiKeyHeaders: undefined }),
    readAddress: createAddressReader(readNetworks('PROXIES', ['127.0.0.0/8'], createReporter())),
  })
  const server = createServer((request, response) => {
    const attributes = incoming.arrive(request)
    const span = new TracerProvider().getTracer('test').startSpan('GET', { attributes })
    const metadata = { type: RPCType.HTTP as const, span }
    context.with(setRPCMetadata(trace.setSpan(ROOT_CONTEXT, span), metadata), () => {
      incoming.follow(span, response)
      handle(request, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = startRequest({ port, host: '127.0.0.1', path: '/items/7', ...options })
  client.on('response', response => response.resume()).on('error', () => undefined)
  client.end()
  const finished = await promise
  server.close()
  server.closeAllConnections()
  return { finished, arriving }
}

const answer: RequestListener = (_request, response) => void response.end('ok')

test('a request is told of when its answer is out', async () => {
  const { finished } = await serve((_request, response) => void response.writeHead(202).end())
  expect(finished).toMatchObject({
    method: 'GET',
    path: '/items/7',
    status: 202,
    caller: 'stranger',
    credential: 'none',
    actor: 'anonymous',
    route: undefined,
  })
  expect(finished.durationMs).toBeGreaterThan(0)
  expect(finished.id).toMatch(/^[\w-]{36}$/)
})

test.for<[how: string, RequestListener]>([
  [
    'setHeader',
    (_request, response) => void response.setHeader('Idempotency-Replayed', 'true').end(),
  ],
  [
    'writeHead alone',
    (_request, response) => void response.writeHead(200, { 'idempotency-replayed': 'true' }).end(),
  ],
  [
    'writeHead in capitals',
    (_request, response) => void response.writeHead(200, { 'IDEMPOTENCY-REPLAYED': 'true' }).end(),
  ],
  [
    'both, before others',
    (_request, response) => {
      response.setHeader('idempotency-replayed', 'true')
      response.writeHead(200, { 'x-other': 'idempotency-replayed: false' }).end('text')
    },
  ],
])('a header of the answer that was set by %s is known', async ([, handle]) => {
  const { finished } = await serve(handle)
  expect(finished.answerHeader('idempotency-replayed')).toBe('true')
  expect(finished.answerHeader('replayed')).toBeUndefined()
})

test('a request that is given up before its answer has no status, and no headers', async () => {
  const { finished } = await serve((_request, response) => void response.destroy())
  expect(finished.status).toBeUndefined()
  expect(finished.answerHeader('idempotency-replayed')).toBeUndefined()
})

test('an answer that fails is told of once, before its span ends', async () => {
  const { finished } = await serve((_request, response) => {
    response.writeHead(200).write('half')
    response.on('error', () => undefined).destroy(new Error('broken'))
  })
  expect(finished.status).toBe(200)
  expect(finished.span.isRecording()).toBe(true)
})

test.for([
  ['/items/7?token=abc', '/items/7'],
  ['http://shop.example/items/7?token=abc', '/items/7'],
  ['HTTPS://shop.example', '/'],
  ['http://shop.example?token=abc', '/'],
  ['*', '*'],
  ['//items', '//items'],
])('the path of %s is %s', async ([path, wanted]) => {
  const { finished, arriving } = await serve(answer, { path })
  expect(finished.path).toBe(wanted)
  expect(arriving?.path).toBe(wanted)
})

test('a method that HTTP does not define is _OTHER', async () => {
  expect((await serve(answer, { method: 'PURGE' })).finished.method).toBe('_OTHER')
  expect((await serve(answer, { method: 'QUERY' })).finished.method).toBe('QUERY')
})

test.for<[Caller, given: string, taken: boolean]>([
  ['internal', 'order-7.retry=1', true],
  ['neighbour', 'order-7', false],
  ['page', 'order-7', false],
  ['stranger', 'order-7', false],
  ['internal', 'order 7', false],
  ['internal', 'x'.repeat(128), true],
  ['internal', 'x'.repeat(129), false],
])('of the caller "%s" the id %s is taken: %s', async ([caller, id, taken]) => {
  const { finished } = await serve(answer, { headers: { 'x-request-id': id } }, caller)
  expect(finished.id === id).toBe(taken)
})

test('the source is read through trusted proxies, also when the connection is long gone', async () => {
  const headers = { 'x-forwarded-for': '1.1.1.1, 198.51.100.7' }
  const { finished } = await serve(answer, { headers })
  expect(finished.readSource()).toBe('198.51.100.7')
  expect((await serve(answer)).finished.readSource()).toBe('127.0.0.1')
})
