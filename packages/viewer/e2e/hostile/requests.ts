import { METHODS } from 'node:http'
import { deflateSync, gzipSync, brotliCompressSync } from 'node:zlib'
import { exchangeAll } from '../exchange-all.ts'
import type { Sent } from '../exchange.ts'
import { inJson, inProtobuf, span, tracesOf } from '../otlp-requests.ts'
import { encodeRequest } from '../protobuf-encoding.ts'
import { answers, type HostileCase } from './verdict.ts'

const TRACES = '/v1/traces'
const SOUND = tracesOf('types', [span({ name: 'of an odd type' })])

const typed = (type: string | undefined, body: Sent['body'] = JSON.stringify(SOUND)): Sent => ({
  path: TRACES,
  headers: { 'content-type': type },
  body,
})

const encoded = (encoding: string, body: Uint8Array): Sent => ({
  path: TRACES,
  headers: { 'content-type': 'application/json', 'content-encoding': encoding },
  body,
})

const json = Buffer.from(JSON.stringify(SOUND))
const gzipped = gzipSync(json)

/** Every method but POST, and CONNECT, which has no path. */
const OTHER_METHODS = METHODS.filter(method => !['POST', 'CONNECT'].includes(method))

const methods = (path: string, status: number, methodsTried: readonly string[]): HostileCase => ({
  name: `${path} by any of ${methodsTried.length} methods but its own`,
  attack: async ({ port }) =>
    (
      await exchangeAll(
        port,
        methodsTried.map(method => ({ path, method })),
      )
    ).map(answer => [answer.status, answer.headers.allow]),
  gives: methodsTried.map(() => [
    status,
    path === '/api/import' || path.startsWith('/v1/') ? 'POST' : 'GET, HEAD',
  ]),
})

export const ODD_REQUESTS: readonly HostileCase[] = [
  ...[
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'application/protobuf',
    'application/grpc+proto',
    'application/jsonp',
    'application/json, application/x-protobuf',
    '',
    ';',
  ].map(type => answers(`the content-type "${type}"`, typed(type), 415)),
  answers('no content-type', typed(undefined), 415),
  ...[
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    ' application/json ;charset="x;y"',
    'application/json;',
  ].map(type => answers(`the content-type "${type}"`, typed(type), 200)),
  answers(
    'the content-type "Application/X-Protobuf; messageType=x"',
    typed('Application/X-Protobuf; messageType=x', encodeRequest(SOUND)),
    200,
  ),
  answers('deflate', encoded('deflate', deflateSync(json)), 415, { message: /"deflate"/ }),
  answers('brotli', encoded('br', brotliCompressSync(json)), 415, { message: /"br"/ }),
  answers('gzip twice', encoded('gzip, gzip', gzipSync(gzipped)), 415),
  answers('gzip in capitals', encoded(' GZIP', gzipped), 200),
  answers('a body that says it is not compressed', encoded('identity', json), 200),
  answers('a body that is called gzip and is not', encoded('gzip', json), 400, {
    message: /not gzip/,
  }),
  answers('an empty body that is called gzip', encoded('gzip', Buffer.alloc(0)), 400),
  answers(
    'gzip with a bit that fell over',
    encoded('gzip', gzipped.with(30, 255 - (gzipped[30] ?? 0))),
    400,
  ),
  answers(
    'gzip with a wrong checksum',
    encoded('gzip', gzipped.with(gzipped.length - 8, 255 - (gzipped.at(-8) ?? 0))),
    400,
  ),
  answers(
    'gzip in two members',
    encoded('gzip', Buffer.concat([gzipSync(json.subarray(0, 50)), gzipSync(json.subarray(50))])),
    200,
  ),
  methods(
    TRACES,
    405,
    OTHER_METHODS.filter(method => method !== 'HEAD'),
  ),
  methods('/v1/logs', 405, ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']),
  methods('/v1/metrics', 405, ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']),
  methods('/api/import', 405, ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']),
  methods('/api/traces', 405, ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']),
  ...['/v1/', '/v1/trace', '/v1/traces/', '/v1/profiles', '/v1/constructor', '/v1/../v1/x'].map(
    path => answers(`the path ${path}`, { ...inJson(path, SOUND) }, 404),
  ),
  answers('a path of another server', inProtobuf('//v1/traces', SOUND), 400, {
    type: 'text/plain',
  }),
]
