import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { isTracingSuppressed, RPCType, setRPCMetadata } from '@opentelemetry/core'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { createUnownedResolver } from '@throughline/catalog'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createContextManager } from '../src/context-manager.ts'
import { createServedRequests } from '../src/requests/served-requests.ts'
import { createTelemetryRequests } from '../src/requests/telemetry-requests.ts'
import type { Admit } from '../src/trust/admission.ts'
import { makeRequest } from './make-request.ts'

beforeAll(() => void context.setGlobalContextManager(createContextManager()))
afterAll(() => context.disable())

const admit: Admit = () => ({
  caller: 'stranger',
  restarted: undefined,
  parent: ROOT_CONTEXT,
  stranger: undefined,
})

/** Serves requests one after the other; `handle` runs in each. */
function makeService() {
  const told: string[] = []
  const served = createServedRequests('shop', createUnownedResolver())
  served.listen(({ path }) => told.push(path))
  const reports = createTelemetryRequests(served)
  const silenced = reports.silence(admit)
  return {
    told,
    claim: reports.claim,
    isTraced: (path: string): boolean => {
      const { parent } = silenced({ method: 'POST', path, headers: {}, peer: undefined })
      return !isTracingSuppressed(parent)
    },
    serve<Result>(path: string, handle: () => Result, source?: string): Result {
      const span = new TracerProvider().getTracer('test').startSpan('POST')
      const metadata = { type: RPCType.HTTP as const, span }
      served.open(metadata, makeRequest({ path, span, readSource: () => source }))
      const active = setRPCMetadata(trace.setSpan(ROOT_CONTEXT, span), metadata)
      const result = context.with(active, handle)
      served.finish(span, { status: 204, durationMs: 1, answerHeader: () => undefined })
      return result
    },
  }
}

test('a request that brings telemetry is told of nowhere, and others are', () => {
  const { serve, claim, told } = makeService()
  serve('/plans', () => undefined)
  serve('/api/telemetry', claim)
  serve('/orders', () => undefined)
  expect(told).toEqual(['/plans', '/orders'])
})

test('those to its path that follow make no trace, and others do', () => {
  const { serve, claim, isTraced } = makeService()
  expect(isTraced('/api/telemetry')).toBe(true)
  serve('/api/telemetry', claim)
  expect(['/api/telemetry', '/api/telemetry/', '/plans'].map(isTraced)).toEqual([false, true, true])
})

test('no more than eight paths are silent, however many the route has', () => {
  const { serve, claim, isTraced } = makeService()
  const paths = Array.from({ length: 9 }, (_, index) => `/${index}`)
  for (const path of paths) serve(path, claim)
  expect(paths.map(isTraced)).toEqual([...Array.from({ length: 8 }, () => false), true])
})

test.for([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  [undefined, undefined],
] as const)('a caller from %s is of the network %s', ([source, network]) => {
  const { serve, claim } = makeService()
  expect(serve('/api/telemetry', claim, source)).toBe(network)
})

test('outside of a request there is nothing to claim', () => {
  const { claim } = makeService()
  expect(claim()).toBeUndefined()
})
