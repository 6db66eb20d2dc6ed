import type { Attributes, SpanKind, SpanRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import { readTrace } from '../src/read-trace.ts'
import { makeSpan } from './make-span.ts'

// Spans as the SDKs of other languages make them, by their own instrumentations of that time.

type Made = readonly [
  id: string,
  parent: string | undefined,
  kind: SpanKind,
  name: string,
  Attributes,
]

const trace = (service: string, resource: Attributes, made: readonly Made[]): SpanRecord[] =>
  made.map(([spanId, parentSpanId, kind, name, attributes], at) =>
    makeSpan({
      spanId,
      parentSpanId,
      kind,
      name,
      attributes,
      service,
      flags: 0,
      startMs: at,
      durationMs: 50 - at * 2,
      resource: { attributes: { 'service.name': service, ...resource } },
    }),
  )

const outline = (spans: readonly SpanRecord[]): readonly string[] =>
  readTrace(spans, []).spans.map(({ depth, category, title }) => `${depth} ${category} ${title}`)

test('Flask, requests and psycopg2 with the conventions of 2023', () => {
  const spans = trace('shop', { 'telemetry.sdk.language': 'python' }, [
    [
      '1',
      undefined,
      'server',
      '/orders/<int:order_id>',
      {
        'http.method': 'GET',
        'http.server_name': '127.0.0.1',
        'http.scheme': 'http',
        'net.host.port': 5000,
        'http.host': 'localhost:5000',
        'http.target': '/orders/7?full=1',
        'net.peer.ip': '127.0.0.1',
        'http.flavor': '1.1',
        'http.route': '/orders/<int:order_id>',
        'http.status_code': 500,
      },
    ],
    [
      '2',
      '1',
      'client',
      'SELECT',
      {
        'db.system': 'postgresql',
        'db.name': 'shop',
        'db.statement': 'SELECT id, total FROM orders WHERE id = %s',
        'net.peer.name': 'db',
        'net.peer.port': 5432,
      },
    ],
    [
      '3',
      '1',
      'client',
      'HTTP GET',
      {
        'http.method': 'GET',
        'http.url': 'https://stock.example.org/v1/items',
        'http.status_code': 503,
      },
    ],
  ])
  expect(outline(spans)).toEqual([
    '0 api GET /orders/<int:order_id>',
    '1 database SELECT orders',
    '1 external GET stock.example.org',
  ])
  expect(readTrace(spans, [])).toMatchObject({
    outcome: '500',
    failed: true,
    failure: { sentence: 'stock.example.org answered 503 after 46 ms; shop answered 500' },
    gaps: [],
  })
})

test('Spring, JDBC, Kafka and gRPC with the stable conventions', () => {
  const producer = trace('orders', { 'telemetry.sdk.language': 'java', 'host.name': 'pod-1' }, [
    [
      '1',
      undefined,
      'server',
      'POST /orders/{id}',
      {
        'http.request.method': 'POST',
        'http.route': '/orders/{id}',
        'url.path': '/orders/7',
        'url.scheme': 'http',
        'server.address': 'orders',
        'server.port': 8080,
        'http.response.status_code': 201,
      },
    ],
    [
      '2',
      '1',
      'client',
      'INSERT shop.orders',
      {
        'db.system.name': 'postgresql',
        'db.namespace': 'shop',
        'db.query.text': 'insert into orders (id) values (?)',
        'db.operation.name': 'INSERT',
        'db.collection.name': 'orders',
        'server.address': 'db',
      },
    ],
    ['3', '1', 'internal', 'OrderService.place', { 'code.function.name': 'place' }],
    [
      '4',
      '3',
      'producer',
      'orders publish',
      {
        'messaging.system': 'kafka',
        'messaging.destination.name': 'orders',
        'messaging.operation': 'publish',
      },
    ],
    [
      '5',
      '3',
      'client',
      'stock.Stock/Reserve',
      {
        'rpc.system': 'grpc',
        'rpc.service': 'stock.Stock',
        'rpc.method': 'Reserve',
        'server.address': 'stock.example.org',
        'rpc.grpc.status_code': 0,
      },
    ],
  ])
  const consumer = trace('mailer', { 'telemetry.sdk.language': 'java', 'host.name': 'pod-2' }, [
    [
      '6',
      '4',
      'consumer',
      'orders process',
      {
        'messaging.system': 'kafka',
        'messaging.destination.name': 'orders',
        'messaging.operation': 'process',
      },
    ],
  ])
  expect(outline([...producer, ...consumer])).toEqual([
    '0 api POST /orders/{id}',
    '1 database INSERT orders',
    '1 internal OrderService.place',
    '2 queue send orders',
    '3 job job orders',
    '2 external stock.Stock/Reserve',
  ])
  expect(readTrace([...producer, ...consumer], [])).toMatchObject({
    outcome: '201',
    failed: false,
    gaps: [],
  })
})
