import { gzipSync } from 'node:zlib'
import { exchangeAll } from '../exchange-all.ts'
import type { Sent } from '../exchange.ts'
import {
  at,
  inProtobuf,
  logsOf,
  metricsOf,
  newTraceId,
  PROTOBUF_TYPE,
  span,
  text,
  tracesOf,
} from '../otlp-requests.ts'
import { encodeBytes, encodeRequest } from '../protobuf-encoding.ts'
import { answers, type HostileCase } from './verdict.ts'

const TRACES = '/v1/traces'

const whole = {
  [TRACES]: encodeRequest(
    tracesOf('cut', [
      span({
        parentSpanId: 'aaaaaaaaaaaaaaaa',
        traceState: 'a=b',
        attributes: [
          text('text', 'value'),
          { key: 'number', value: { intValue: -1 } },
          { key: 'list', value: { arrayValue: { values: [{ doubleValue: 0.5 }] } } },
        ],
        events: [{ timeUnixNano: at(1), name: 'event', attributes: [text('a', 'b')] }],
        links: [{ traceId: newTraceId(), spanId: 'bbbbbbbbbbbbbbbb' }],
        status: { code: 2, message: 'failed' },
        flags: 257,
      }),
    ]),
  ),
  '/v1/logs': encodeRequest(
    logsOf('cut', [
      { timeUnixNano: at(0), body: { stringValue: 'line' }, attributes: [text('a', 'b')] },
    ]),
  ),
  '/v1/metrics': encodeRequest(
    metricsOf('cut', [
      { name: 'gauge', gauge: { dataPoints: [{ timeUnixNano: at(0), asDouble: 1.5 }] } },
    ]),
  ),
} as const

/** Every part of a body that begins with its first byte and is not all of it. */
const cuts = (body: Buffer): Buffer[] =>
  Array.from({ length: body.length - 1 }, (_, index) => body.subarray(0, index + 1))

/** A case of many requests that are all answered alike. */
const allAnswer = (name: string, requests: readonly Sent[], status: number): HostileCase => ({
  name: `${name} (${requests.length} requests)`,
  attack: async ({ port }) => [
    ...new Set((await exchangeAll(port, requests)).map(answer => answer.status)),
  ],
  gives: [status],
})

const bad = (name: string, body: Buffer, says = /\w/): HostileCase =>
  answers(name, inProtobuf(TRACES, body), 400, { message: says })

/** The frame around one span, whose bytes are given. */
const framed = (bytes: Buffer): Buffer => encodeBytes(1, encodeBytes(2, encodeBytes(2, bytes)))

export const PROTOBUF_BODIES: readonly HostileCase[] = [
  ...Object.entries(whole).map(([path, body]) =>
    allAnswer(
      `${path} in protobuf that ends too early, after each of its bytes`,
      cuts(body).map(cut => inProtobuf(path, cut)),
      400,
    ),
  ),
  allAnswer(
    'gzip that ends too early, after each of its bytes',
    cuts(gzipSync(whole[TRACES])).map(body => ({
      path: TRACES,
      headers: { ...PROTOBUF_TYPE, 'content-encoding': 'gzip' },
      body,
    })),
    400,
  ),
  answers('nothing in protobuf is a sound message', inProtobuf(TRACES, Buffer.alloc(0)), 200),
  bad('bytes that are all 255', Buffer.alloc(500, 255), /varint/),
  bad('bytes that are all 0', Buffer.alloc(500), /number 0/),
  bad('JSON that is called protobuf', Buffer.from('{"resourceSpans":[]}')),
  bad('a group, which protobuf no longer has', Buffer.from([0x0b, 0x0c]), /wire type 3/),
  bad('a wire type that there is not', Buffer.from([0x0f, 0]), /wire type/),
  bad(
    'a varint of eleven bytes',
    Buffer.from([0x98, ...Array<number>(10).fill(0x80), 1]),
    /varint/,
  ),
  bad(
    'a length of nearly 2^63',
    Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
    /too early/,
  ),
  bad('a message that is longer than what holds it', Buffer.from([0x0a, 2, 0x12, 9]), /too early/),
  bad('a span that is a number', encodeBytes(1, encodeBytes(2, Buffer.from([0x10, 7]))), /wire/),
  bad('a name that is a number', framed(Buffer.from([0x28, 7])), /wire type 0/),
  bad('a time that is a varint', framed(Buffer.from([0x38, 7])), /wire type 0/),
  bad(
    'attributes that nest 40 deep',
    framed(
      encodeBytes(
        9,
        encodeBytes(
          2,
          Array.from({ length: 40 }).reduce<Buffer>(
            inner => encodeBytes(5, encodeBytes(1, inner)),
            Buffer.alloc(0),
          ),
        ),
      ),
    ),
    /deeper/,
  ),
  answers(
    'a name that is not UTF-8',
    inProtobuf(
      TRACES,
      encodeBytes(
        1,
        encodeBytes(
          2,
          encodeBytes(
            2,
            Buffer.concat([
              encodeBytes(1, Buffer.alloc(16, 7)),
              encodeBytes(2, Buffer.alloc(8, 7)),
              encodeBytes(5, Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80])),
            ]),
          ),
        ),
      ),
    ),
    200,
  ),
]
