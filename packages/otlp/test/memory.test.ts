import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { MAX_PARTS } from '../src/limits.ts'
import { sendPipelined, type RawRequest } from './pipeline.ts'
import { holder, requestWith } from './protobuf-writer.ts'

const MEBIBYTE = 2 ** 20
const MAX_HEAP_MIB = 768

/** `unit` over and over, in so many bytes at most. */
function fill(unit: Buffer, bytes: number): Buffer {
  return Buffer.alloc(bytes - (bytes % unit.length), unit)
}

const json = (open: string, unit: string, times: number, close: string): Buffer =>
  Buffer.from(`${open}${unit.repeat(times)}${close}`)

const empty = holder(2)
const event = holder(11)
const logRecords = '{"resourceLogs":[{"scopeLogs":[{"logRecords":['

/** A thousand gzip members of a mebibyte each: a gibibyte in a megabyte. */
const bomb = fill(gzipSync(Buffer.alloc(MEBIBYTE)), MEBIBYTE)

const protobuf = { 'content-type': 'application/x-protobuf' }
const jsonType = { 'content-type': 'application/json' }
const gzip = { 'content-encoding': 'gzip' }

const attacks: readonly (readonly [string, RawRequest, number])[] = [
  ['a gzip bomb', { path: '/v1/traces', headers: { ...protobuf, ...gzip }, body: bomb }, 413],
  [
    'twenty mebibytes of empty logs',
    { path: '/v1/logs', headers: protobuf, body: holder(1, holder(2, fill(empty, 19 * MEBIBYTE))) },
    413,
  ],
  [
    'the same in a few kilobytes',
    {
      path: '/v1/logs',
      headers: { ...protobuf, ...gzip },
      body: gzipSync(holder(1, holder(2, fill(empty, 19 * MEBIBYTE)))),
    },
    413,
  ],
  [
    'as many empty logs as are read',
    {
      path: '/v1/logs',
      headers: protobuf,
      body: holder(1, holder(2, fill(empty, 2 * MAX_PARTS - 8))),
    },
    200,
  ],
  [
    'as many empty data points as are read',
    {
      path: '/v1/metrics',
      headers: protobuf,
      body: requestWith(holder(9, fill(holder(1), 2 * MAX_PARTS - 8))),
    },
    200,
  ],
  [
    'a span of empty events',
    {
      path: '/v1/traces',
      headers: protobuf,
      body: requestWith(holder(1, Buffer.alloc(16, 1)), fill(event, 19 * MEBIBYTE)),
    },
    413,
  ],
  [
    'empty logs in JSON',
    { path: '/v1/logs', headers: jsonType, body: json(logRecords, '{},', 6e6, '{}]}]}]}') },
    413,
  ],
  [
    'as many empty logs in JSON as are read',
    {
      path: '/v1/logs',
      headers: jsonType,
      body: json(logRecords, '{},', MAX_PARTS - 8, '{}]}]}]}'),
    },
    200,
  ],
  [
    'lists in lists in JSON',
    {
      path: '/v1/logs',
      headers: jsonType,
      body: json('{"a":', '[', MAX_PARTS - 1, `${']'.repeat(MAX_PARTS - 1)}}`),
    },
    200,
  ],
  [
    'a list of numbers in JSON',
    { path: '/v1/logs', headers: jsonType, body: json('{"a":[', '1,', 9 * MEBIBYTE, '1]}') },
    200,
  ],
]

test(`whatever is sent, a heap of ${MAX_HEAP_MIB} MiB is enough`, async () => {
  const worker = new Worker(new URL('receiver-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB },
  })
  const died = new Promise<never>((_resolve, reject) => worker.once('error', reject))
  try {
    const [port] = (await Promise.race([once(worker, 'message'), died])) as [number]
    for (const [name, request, status] of attacks) {
      const [answer] = await Promise.race([sendPipelined(port, [request]), died])
      expect(`${name}: ${answer?.status}`).toBe(`${name}: ${status}`)
    }
  } finally {
    await worker.terminate()
  }
})
