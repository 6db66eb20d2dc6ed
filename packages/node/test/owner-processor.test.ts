import { SpanKind, type Attributes } from '@opentelemetry/api'
import { TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace'
import { createResolver, parseCatalog } from '@throughline/catalog'
import { expect, test } from 'vitest'
import { createOwnerProcessor } from '../src/owner-processor.ts'

const parsed = parseCatalog(`version: 1
org: { defaultTeam: platform }
teams: { platform: { name: P }, web: { name: W }, billing: { name: B }, data: { name: D } }
services:
  shop:
    kind: node
    roles: { productionFix: web }
    routes:
      - { match: "POST /plans/[id]", team: billing, audience: browser, work: request }
      - { match: "GET /health", unowned: by-design }
    queues: [{ name: reports, team: data }]
    dependencies: [{ host: "pay.example.com", team: billing }, { db: app, team: data }]
`)
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
const resolver = createResolver(parsed.value)

/** What the owner of a span is, as it is exported. */
function ownerOf(kind: SpanKind, attributes: Attributes, atEnd: Attributes = {}): Attributes {
  const ended: ReadableSpan[] = []
  const provider = new TracerProvider({
    spanProcessors: [
      createOwnerProcessor('shop', resolver),
      {
        onStart: () => undefined,
        onEnd: span => void ended.push(span),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  })
  const span = provider.getTracer('test').startSpan('span', { kind, attributes })
  span.setAttributes(atEnd)
  span.end()
  return Object.fromEntries(
    Object.entries(ended[0]?.attributes ?? {}).filter(([key]) => /^(team|throughline)/.test(key)),
  )
}

test.for<[what: string, SpanKind, Attributes, owner: Attributes]>([
  [
    'a request of a listed route',
    SpanKind.SERVER,
    { 'http.request.method': 'POST', 'http.route': '/plans/:id', 'url.path': '/plans/7' },
    { team: 'billing', 'throughline.audience': 'browser', 'throughline.work': 'request' },
  ],
  [
    'a request of a route without a template, by its path',
    SpanKind.SERVER,
    { 'http.request.method': 'POST', 'url.path': '/plans/7' },
    { team: 'billing', 'throughline.audience': 'browser', 'throughline.work': 'request' },
  ],
  [
    'a request that nobody listed',
    SpanKind.SERVER,
    { 'http.request.method': 'GET', 'url.path': '/wp-admin' },
    { team: 'web', 'throughline.owner.unowned': 'unlisted' },
  ],
  [
    'a request that is unowned by design',
    SpanKind.SERVER,
    { 'http.request.method': 'GET', 'http.route': '/health' },
    { team: 'web', 'throughline.work': 'request', 'throughline.owner.unowned': 'by-design' },
  ],
  [
    'a query',
    SpanKind.CLIENT,
    { 'db.system.name': 'postgresql', 'db.namespace': 'app', 'server.address': 'localhost' },
    { team: 'data' },
  ],
  [
    'an outgoing call',
    SpanKind.CLIENT,
    { 'server.address': 'pay.example.com', 'server.port': 443 },
    { team: 'billing' },
  ],
  [
    'an outgoing call to a host that nobody listed',
    SpanKind.CLIENT,
    { 'server.address': 'example.net' },
    { team: 'web', 'throughline.owner.unowned': 'unlisted' },
  ],
  [
    'a job that is sent',
    SpanKind.PRODUCER,
    { 'messaging.destination.name': 'reports' },
    { team: 'data', 'throughline.work': 'job' },
  ],
  [
    'a job that is processed',
    SpanKind.CONSUMER,
    { 'messaging.destination.name': 'reports' },
    { team: 'data', 'throughline.work': 'job', 'throughline.actor': 'job' },
  ],
  [
    'a call to a queue that settles a job',
    SpanKind.CLIENT,
    { 'messaging.destination.name': 'reports' },
    { team: 'data', 'throughline.work': 'job' },
  ],
  ['what happens within', SpanKind.INTERNAL, { 'http.route': '/plans/:id' }, {}],
])('%s has its owner', ([, kind, attributes, owner]) => {
  expect(ownerOf(kind, attributes)).toEqual(owner)
})

test('the route that counts is the one that is known when a request ends', () => {
  const owner = ownerOf(
    SpanKind.SERVER,
    { 'http.request.method': 'POST', 'url.path': '/x' },
    { 'http.route': '/plans/[id]' },
  )
  expect(owner).toMatchObject({ team: 'billing' })
})
