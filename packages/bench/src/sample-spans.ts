import { ROOT_CONTEXT, SpanKind, trace, type Attributes, type Span } from '@opentelemetry/api'
import { TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace'

/** Spans of one kind of request, as they come to the exporter. */
export type MakeRequestSpans = (request: number) => void

/** A tracer whose finished spans are collected. */
export interface SpanSource {
  /** What a request to an API with a query and a call makes, with nothing in it to redact. */
  readonly ordinary: MakeRequestSpans
  /** The same with a secret in every place that has room for one. */
  readonly secret: MakeRequestSpans
  /** Gives the spans that have ended since it was last asked. */
  take(): ReadableSpan[]
}

/** Strings as they come out of a socket: new ones, whose hash is not known. */
const fresh = (text: string): string => Buffer.from(text).toString('latin1')

const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'
const QUERY =
  'SELECT id, number, customer_id, total, currency, state FROM invoices WHERE id = $1 AND state <> $2'

/** Makes a {@link SpanSource}, whose spans pass `onEnd` as they end. The attributes are those of our instrumentations. */
export function createSpanSource(onEnd: (span: ReadableSpan) => ReadableSpan): SpanSource {
  let ended: ReadableSpan[] = []
  const provider = new TracerProvider({
    spanProcessors: [
      {
        onStart: () => undefined,
        onEnd: span => void ended.push(onEnd(span)),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  })
  const tracer = provider.getTracer('bench')
  const start = (name: string, kind: SpanKind, attributes: Attributes, parent?: Span): Span =>
    tracer.startSpan(
      name,
      { kind, attributes },
      parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent),
    )

  const make = (path: string, query: string, address: string, failure?: Error): void => {
    const server = start('GET', SpanKind.SERVER, {
      'http.request.method': 'GET',
      'url.scheme': 'http',
      'server.address': fresh('127.0.0.1'),
      'server.port': 3000,
      'url.path': fresh(path),
      'user_agent.original': fresh(BROWSER),
      'network.peer.address': fresh('127.0.0.1'),
      'network.peer.port': 40_000,
      'client.address': fresh('127.0.0.1'),
      'network.protocol.version': fresh('1.1'),
    })
    const database = start(
      'pg.query:SELECT app',
      SpanKind.CLIENT,
      {
        'db.system.name': 'postgresql',
        'db.namespace': 'app',
        'server.address': '127.0.0.1',
        'server.port': 5432,
        'db.query.text': query,
        'db.operation.name': 'SELECT',
      },
      server,
    )
    database.setAttribute('team', 'data').end()
    const call = start(
      'GET',
      SpanKind.CLIENT,
      {
        'http.request.method': 'GET',
        'http.request.method_original': 'GET',
        'url.full': fresh(address),
        'url.path': fresh(path),
        'url.query': '',
        'url.scheme': 'http',
        'server.address': fresh('127.0.0.1'),
        'server.port': 3002,
        'user_agent.original': 'node',
        'network.peer.address': fresh('127.0.0.1'),
        'network.peer.port': 3002,
      },
      server,
    )
    call.setAttributes({ 'http.response.status_code': 200, team: 'billing' }).end()
    start('render invoice', SpanKind.INTERNAL, { 'invoice.lines': 3 }, server).end()
    if (failure !== undefined) server.recordException(failure)
    server
      .updateName('GET /v1/invoices/:id')
      .setAttributes({
        'http.response.status_code': 200,
        'http.route': '/v1/invoices/:id',
        team: 'partners',
        'throughline.audience': 'partner',
        'throughline.actor': 'partner',
        'throughline.work': 'request',
      })
      .end()
  }

  return {
    ordinary: request =>
      make(`/v1/invoices/${request}`, QUERY, `http://127.0.0.1:3002/v1/plans/${request}`),
    secret: request =>
      make(
        `/reset/jo${request}@example.com`,
        `SELECT id FROM users WHERE name = 'jo ${request}' AND pin = ${request}`,
        `http://app:hunter2@127.0.0.1:3002/v1/plans?token=${request}`,
        new Error(`Key (email)=(jo${request}@example.com) already exists`),
      ),
    take() {
      const spans = ended
      ended = []
      return spans
    },
  }
}
