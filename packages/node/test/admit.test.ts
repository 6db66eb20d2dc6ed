import { ROOT_CONTEXT, trace } from '@opentelemetry/api'
import {
  createResolver,
  createUnownedResolver,
  parseCatalog,
  type Resolver,
} from '@throughline/catalog'
import { expect, test } from 'vitest'
import type { Admission, ArrivingRequest } from '../src/trust/admission.ts'
import { createAdmit } from '../src/trust/admit.ts'
import { createPageSignature } from '../src/trust/page-signature.ts'

// The table of callers, audiences and shapes of headers is asked of a running service: e2e/trust.e2e.test.ts.

const [traceId, spanId] = ['a'.repeat(32), 'b'.repeat(16)]
const pageSignature = createPageSignature(['secret-of-the-house'])

function admit(
  request: Partial<ArrivingRequest>,
  { internal = false, neighbour = false, resolver = catalog() } = {},
): Admission {
  const judge = createAdmit({
    service: 'api',
    resolver,
    callers: { isInternal: () => internal, isNeighbour: () => neighbour },
    pageSignature,
  })
  const headers = { traceparent: `00-${traceId}-${spanId}-01`, ...request.headers }
  return judge({ method: 'GET', path: '/', peer: undefined, ...request, headers })
}

function catalog(): Resolver {
  const parsed = parseCatalog(`version: 1
org: { defaultTeam: a }
teams: { a: { name: A } }
services:
  api: { kind: node, routes: [{ match: "GET /admin/**", team: a, audience: admin }] }
`)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return createResolver(parsed.value)
}

test('without a catalog no route is of the house, so a stranger’s trace ends', () => {
  const admission = admit({ path: '/admin/x' }, { resolver: createUnownedResolver() })
  expect(admission).toEqual({
    caller: 'stranger',
    restarted: 'untrusted',
    parent: ROOT_CONTEXT,
    stranger: { traceId, spanId, traceFlags: 1, isRemote: true },
  })
})

test.for([
  ['/admin/x', undefined],
  ['/admin/x/..y', undefined],
  ['/administration', 'untrusted'],
  ['/admin/../public', 'untrusted'],
  ['/admin/%2E%2e/public', 'untrusted'],
  ['/admin/.%2e%2fpublic', 'untrusted'],
  ['/admin/./x', 'untrusted'],
  ['/admin/..', 'untrusted'],
  ['/admin\\..\\public', 'untrusted'],
  ['/admin/%5c../public', 'untrusted'],
  ['http://host/admin/x', 'untrusted'],
])('a path of which the route is not sure is none of the house: %s', ([path, restarted]) => {
  expect(admit({ path: String(path) }).restarted).toBe(restarted)
})

test('a page of ours is one in development, too, where its browser is a neighbour', () => {
  const state = `throughline=${pageSignature.sign({ traceId, traceFlags: 1 })}`
  const headers = { tracestate: state }
  expect(admit({ headers }, { neighbour: true }).caller).toBe('page')
  expect(admit({ headers }, { internal: true }).caller).toBe('internal')
  expect(admit({}, { neighbour: true }).caller).toBe('neighbour')
})

test('our own member never travels on, whoever brings it', () => {
  const { parent } = admit({ headers: { tracestate: 'a=1,throughline=x,b=2' } }, { internal: true })
  expect(trace.getSpanContext(parent)?.traceState?.serialize()).toBe('a=1,b=2')
  const alone = admit({ headers: { tracestate: 'throughline=x' } }, { internal: true })
  expect(trace.getSpanContext(alone.parent)?.traceState).toBeUndefined()
})

test('a caller without a trace is still told from another', () => {
  const headers = { traceparent: '' }
  expect(admit({ headers })).toMatchObject({ caller: 'stranger', restarted: undefined })
  expect(admit({ headers }, { internal: true })).toMatchObject({ caller: 'internal' })
})
