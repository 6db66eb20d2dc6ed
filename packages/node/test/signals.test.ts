import { context, diag, DiagLogLevel, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { RPCType, setRPCMetadata, type RPCMetadata } from '@opentelemetry/core'
import { TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace'
import { createResolver, parseCatalog } from '@throughline/catalog'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createContextManager } from '../src/context-manager.ts'
import type { FinishedRequest, ServedRequest } from '../src/requests/request.ts'
import { createRequestSignals } from '../src/requests/request-signals.ts'
import { createServedRequests, type ServedRequests } from '../src/requests/served-requests.ts'
import {
  recordAuthFailure,
  recordRateLimited,
  recordReplayBlocked,
  setActor,
} from '../src/signals.ts'
import { releaseSlot, takeSlot, type Slot } from '../src/telemetry-slot.ts'

const parsed = parseCatalog(`version: 1
org: { defaultTeam: platform }
teams: { platform: { name: P }, shop: { name: S } }
services:
  shop:
    kind: node
    roles: { productionFix: shop }
    routes: [{ match: "GET /items/:id", team: shop, audience: partner }]
`)
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
const resolver = createResolver(parsed.value)
const tracer = new TracerProvider().getTracer('test')

let served: ServedRequests
let finished: FinishedRequest[]

beforeEach(() => {
  finished = []
  served = createServedRequests('shop', resolver)
  served.listen(request => void finished.push(request))
  context.setGlobalContextManager(createContextManager())
  takeSlot({ requests: served, signals: createRequestSignals(served.active) } as unknown as Slot)
})
afterEach(() => {
  releaseSlot()
  context.disable()
  diag.disable()
})

/** Serves a request with `work`, and gives what it was when it had ended. */
async function serve(
  work: () => unknown,
  given: Partial<ServedRequest> = {},
  status = 200,
): Promise<FinishedRequest | undefined> {
  const span = tracer.startSpan('GET')
  const metadata: RPCMetadata = { type: RPCType.HTTP, span, route: '/items/:id' }
  served.open(metadata, {
    method: 'GET',
    path: '/items/7',
    span,
    caller: 'stranger',
    credential: 'none',
    readSource: () => undefined,
    id: 'request-1',
    restarted: undefined,
    ...given,
  })
  const active = setRPCMetadata(trace.setSpan(ROOT_CONTEXT, span), metadata)
  await context.with(active, work)
  served.finish(span, { status, durationMs: 1, answerHeader: () => undefined })
  return finished.find(request => request.span === span)
}

const attributesOf = (request: FinishedRequest | undefined): unknown =>
  (request?.span as ReadableSpan | undefined)?.attributes

describe('the actor', () => {
  test('is on the span by rule', async () => {
    const request = await serve(() => undefined, { credential: 'either' })
    expect(request?.actor).toBe('partner')
    expect(attributesOf(request)).toEqual({ 'throughline.actor': 'partner' })
  })

  test('is what the application says, wherever in the request, and the last word counts', async () => {
    const request = await serve(
      async () => {
        setActor('anonymous')
        await Promise.resolve()
        tracer.startActiveSpan('within', () => setActor('user'))
      },
      { credential: 'api-key' },
    )
    expect(request?.actor).toBe('user')
    expect(attributesOf(request)).toEqual({ 'throughline.actor': 'user' })
  })

  test('of one request is not that of another at the same time', async () => {
    const actors = ['user', 'internal', 'job', 'partner', 'anonymous'] as const
    const requests = await Promise.all(
      actors.map(actor =>
        serve(async () => {
          await Promise.resolve()
          setActor(actor)
          await Promise.resolve()
        }),
      ),
    )
    expect(requests.map(request => request?.actor)).toEqual(actors)
  })
})

test('what an application tells of a request is there when the request ends', async () => {
  const request = await serve(() => {
    recordAuthFailure('unverifiable')
    recordAuthFailure('expired_credentials')
    recordRateLimited()
    recordReplayBlocked()
  })
  expect(request).toMatchObject({
    authFailure: 'expired_credentials',
    rateLimited: true,
    replayBlocked: true,
  })
})

describe('nothing happens', () => {
  const tellAll = (): void => {
    setActor('user')
    recordAuthFailure('forbidden')
    recordRateLimited()
    recordReplayBlocked()
  }

  test('outside of a request, after it, and in a span that is no request', async () => {
    expect(tellAll).not.toThrow()
    expect(() => tracer.startActiveSpan('job', tellAll)).not.toThrow()
    let late: () => void = () => undefined
    const request = await serve(() => (late = context.bind(context.active(), tellAll)))
    expect(late).not.toThrow()
    expect(request).not.toHaveProperty('authFailure')
    expect(finished).toHaveLength(1)
  })

  test('without telemetry, nor where it is disabled', () => {
    releaseSlot()
    expect(tellAll).not.toThrow()
    takeSlot({ requests: undefined, signals: undefined } as unknown as Slot)
    expect(tellAll).not.toThrow()
  })
})

test.for<[what: string, value: unknown]>([
  ['somebody', 'ada@example.com'],
  ['nothing', undefined],
  ['a number', 7n],
  ['an object', { toString: () => 'user' }],
  ['an object without a prototype', Object.create(null)],
  ['a symbol', Symbol('user')],
  ['what every object has', 'constructor'],
])(
  '%s, given from JavaScript, is reported without being quoted, and ignored',
  async ([, value]) => {
    const said: string[] = []
    const say = (...words: unknown[]): void => void said.push(words.join(' '))
    diag.setLogger(
      { error: say, warn: say, info: say, debug: say, verbose: say },
      { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
    )
    const request = await serve(() => {
      setActor(value as never)
      recordAuthFailure(value as never)
    })
    expect(request?.actor).toBe('anonymous')
    expect(request?.authFailure).toBeUndefined()
    expect(said).toEqual([
      'setActor() takes one of user, partner, internal, job, anonymous; what it was given is ignored',
      expect.stringMatching(/^recordAuthFailure\(\) takes one of unauthenticated, .*ignored$/),
    ])
  },
)

test('a listener that throws costs the others nothing, and a request ends once', async () => {
  served.listen(() => {
    throw new Error('broken')
  })
  const seen: string[] = []
  served.listen(({ id }) => void seen.push(id))
  const request = await serve(() => undefined)
  served.finish(request?.span as never, {
    status: 200,
    durationMs: 1,
    answerHeader: () => undefined,
  })
  expect(seen).toEqual(['request-1'])
  expect(finished).toHaveLength(1)
})
