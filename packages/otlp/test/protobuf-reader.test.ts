import { expect, test } from 'vitest'
import { MalformedBody, OversizedBody } from '../src/errors.ts'
import { MAX_PARTS } from '../src/limits.ts'
import { ProtobufReader } from '../src/protobuf-reader.ts'
import { double, fixed64, holder, number, varint } from './protobuf-writer.ts'

/** A reader that stands before the value of the first field. */
function open(bytes: Buffer): ProtobufReader {
  const reader = new ProtobufReader(bytes)
  reader.next()
  return reader
}

test.for([
  [0n, 0],
  [-1n, -1],
  [127n, 127],
  [2n ** 32n, 2 ** 32],
  [2n ** 53n - 1n, Number.MAX_SAFE_INTEGER],
  [-(2n ** 53n) + 1n, Number.MIN_SAFE_INTEGER],
  [2n ** 63n - 1n, 2 ** 63],
  [-(2n ** 63n), -(2 ** 63)],
] as const)('the int64 %s is read as %d', ([written, read]) => {
  expect(open(number(1, written)).int64()).toBe(read)
  expect(open(fixed64(1, written)).sfixed64()).toBe(read)
})

test('an uint32 loses what is beyond its bits, as everywhere', () => {
  expect(open(number(1, 2n ** 32n + 5n)).uint32()).toBe(5)
})

test.for([
  [0, 0],
  [1, -1],
  [2, 1],
  [2 ** 32 - 1, -(2 ** 31)],
] as const)('the zigzag %d is %d', ([written, read]) => {
  expect(open(number(1, written)).sint32()).toBe(read)
})

test('unknown fields of every wire type are passed over', () => {
  const fixed32 = Buffer.from([(4 << 3) | 5, 1, 2, 3, 4])
  const bytes = Buffer.concat([
    number(1, 300),
    double(2, 1),
    holder(3, 'x'),
    fixed32,
    number(2000, 1),
    number(6, 7),
  ])
  const reader = new ProtobufReader(bytes)
  const fields: number[] = []
  for (let field = reader.next(); field !== 6; field = reader.next()) {
    fields.push(field)
    reader.skip()
  }
  expect([fields, reader.uint(), reader.next()]).toEqual([[1, 2, 3, 4, 2000], 7, 0])
})

test('repeated numbers are read packed and one by one', () => {
  for (const bytes of [
    Buffer.concat([number(1, 5), number(1, 300)]),
    holder(1, varint(5), varint(300)),
  ]) {
    const reader = new ProtobufReader(bytes)
    const values: number[] = []
    while (reader.next() !== 0) reader.repeated(value => values.push(value.uint()), 0)
    expect(values).toEqual([5, 300])
  }
})

test.for([
  ['a varint that does not end', Buffer.from([8, 0x80]), (reader: ProtobufReader) => reader.uint()],
  [
    'a varint of eleven bytes',
    Buffer.from([8, ...Array.from({ length: 11 }, () => 0x80), 1]),
    (reader: ProtobufReader) => reader.uint(),
  ],
  [
    'a length beyond the end',
    Buffer.from([10, 5, 65]),
    (reader: ProtobufReader) => reader.string(),
  ],
  [
    'a length of 2^63',
    Buffer.concat([Buffer.from([10]), varint(2n ** 63n)]),
    (reader: ProtobufReader) => reader.message(),
  ],
  [
    'a double of seven bytes',
    double(1, 1).subarray(0, 8),
    (reader: ProtobufReader) => reader.double(),
  ],
  ['a number in place of text', number(1, 5), (reader: ProtobufReader) => reader.string()],
  ['text in place of a number', holder(1, 'x'), (reader: ProtobufReader) => reader.uint()],
  ['a group, which is long gone', Buffer.from([11]), (reader: ProtobufReader) => reader.skip()],
] as const)('%s is malformed', ([, bytes, read]) => {
  expect(() => read(open(bytes))).toThrow(MalformedBody)
})

test('the field 0 is malformed', () => {
  expect(() => open(Buffer.from([0, 1]))).toThrow(MalformedBody)
})

test('a nested message cannot read beyond its own end', () => {
  const bytes = Buffer.concat([Buffer.from([10, 2, 10, 5]), Buffer.from('hello')])
  const inner = open(bytes).message()
  expect(inner.next()).toBe(1)
  expect(() => inner.string()).toThrow(MalformedBody)
})

test('a request may hold so many messages and not one more', () => {
  const bytes = Buffer.alloc(2 * (MAX_PARTS + 1), holder(1))
  const reader = new ProtobufReader(bytes)
  for (let part = 0; part < MAX_PARTS; part += 1) {
    reader.next()
    reader.message()
  }
  reader.next()
  expect(() => reader.message()).toThrow(OversizedBody)
})
