import { createServer, request } from 'node:http'
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { NodeSDK } from '@opentelemetry/sdk-node'

// An application with plain OpenTelemetry and nothing of ours. It is a shop that asks a warehouse at WAREHOUSE_URL, or,
// without one, that warehouse. CONFIGURED=code: the exporter is made here; otherwise the SDK reads its environment.
const { CONFIGURED, ENCODING, COMPRESSION, WAREHOUSE_URL } = process.env
const Exporter = ENCODING === 'json' ? JsonExporter : ProtobufExporter
const sdk = new NodeSDK(
  CONFIGURED === 'code'
    ? {
        traceExporter: new Exporter({
          url: `${process.env.VIEWER_URL}/v1/traces`,
          compression: COMPRESSION,
        }),
      }
    : {},
)
sdk.start()
const tracer = trace.getTracer('shop', '1.2.3')

/** Every kind of value that the API takes. */
const ORDER = {
  'order.id': 7,
  'order.total': 49.5,
  'order.paid': true,
  'order.refunded': false,
  'order.currency': 'EUR',
  'order.note': 'Zażółć 👩🏽‍🚀 <b>',
  'order.empty': '',
  'order.balance': -12,
  'order.exact': Number.MAX_SAFE_INTEGER,
  'order.skus': ['A-7', 'B-12'],
  'order.weights': [1.25, 2.5],
  'order.counts': [1, 2, 3],
  'order.fragile': [true, false],
  'order.nothing': [],
}

function serve(name, route, handle) {
  const server = createServer((incoming, response) => {
    const { pathname } = new URL(incoming.url, 'http://localhost')
    const parent = propagation.extract(context.active(), incoming.headers)
    const attributes = {
      'http.request.method': incoming.method,
      'http.route': route,
      'url.scheme': 'http',
      'url.path': pathname,
      'server.address': '127.0.0.1',
      'server.port': server.address().port,
      'user_agent.original': incoming.headers['user-agent'] ?? 'none',
    }
    void tracer.startActiveSpan(name, { kind: SpanKind.SERVER, attributes }, parent, async span => {
      const status = await handle(pathname, span)
      span.setAttribute('http.response.status_code', status)
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
      response.writeHead(status, { 'x-trace-id': span.spanContext().traceId }).end()
    })
  })
  server.listen(0, '127.0.0.1', () =>
    process.send({ url: `http://127.0.0.1:${server.address().port}` }),
  )
}

function ask(url) {
  const attributes = {
    'http.request.method': 'GET',
    'url.full': url,
    'server.address': '127.0.0.1',
    'server.port': Number(new URL(url).port),
  }
  return tracer.startActiveSpan('GET', { kind: SpanKind.CLIENT, attributes }, span => {
    const headers = {}
    propagation.inject(context.active(), headers)
    return new Promise((resolve, reject) => {
      request(url, { headers }, response => {
        response.resume()
        span.setAttribute('http.response.status_code', response.statusCode)
        if (response.statusCode >= 400) {
          span.setAttribute('error.type', String(response.statusCode))
          span.setStatus({ code: SpanStatusCode.ERROR })
        }
        span.end()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
  })
}

function readOrder() {
  return tracer.startActiveSpan('load order', { attributes: ORDER }, async span => {
    const query = {
      'db.system.name': 'postgresql',
      'db.namespace': 'shop',
      'db.operation.name': 'SELECT',
      'db.collection.name': 'orders',
      'db.query.text': 'SELECT * FROM orders WHERE id = $1',
      'server.address': 'db.example.com',
      'server.port': 5432,
    }
    const options = { kind: SpanKind.CLIENT, attributes: query }
    await tracer.startActiveSpan('SELECT orders', options, async database => {
      await new Promise(resolve => setTimeout(resolve, 20))
      database.end()
    })
    span.addEvent('order loaded', { lines: 2 })
    span.end()
  })
}

if (WAREHOUSE_URL === undefined) {
  serve('GET /stock/:sku', '/stock/:sku', (path, span) => {
    if (path !== '/stock/none') return 200
    span.recordException(new RangeError('no shelf holds "none"'))
    return 503
  })
} else {
  serve('GET /orders/:sku', '/orders/:sku', async path => {
    await readOrder()
    const status = await ask(`${WAREHOUSE_URL}/stock/${path.split('/').at(-1)}`)
    return status === 200 ? 200 : 502
  })
}
