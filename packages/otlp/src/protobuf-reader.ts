import { MalformedBody, OversizedBody } from './errors.ts'
import { MAX_PARTS } from './limits.ts'
import { WordMemo } from './word-memo.ts'

const WIRE_VARINT = 0
const WIRE_FIXED64 = 1
const WIRE_BYTES = 2
const WIRE_FIXED32 = 5

/** What the readers of one request share. */
interface Shared {
  readonly words: WordMemo
  parts: number
}

/**
 * Reads one protobuf message, field by field.
 *
 * Throws {@link MalformedBody} where the bytes end too early or make no sense, and {@link OversizedBody} past the limit
 * of messages; never reads outside of the message.
 */
export class ProtobufReader {
  readonly #bytes: Buffer
  #at: number
  readonly #end: number
  readonly #shared: Shared
  #wire = 0

  constructor(
    bytes: Buffer,
    start = 0,
    end: number = bytes.length,
    shared: Shared = { words: new WordMemo(), parts: 0 },
  ) {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
    this.#shared = shared
  }

  /** Number of the next field, or 0 at the end. Its value must then be read, or skipped. */
  next(): number {
    if (this.#at >= this.#end) return 0
    const tag = this.#varint()
    this.#wire = tag & 7
    const field = Math.floor(tag / 8)
    if (field === 0) throw new MalformedBody('a field has the number 0')
    return field
  }

  /** Passes over the current field. */
  skip(): void {
    switch (this.#wire) {
      case WIRE_VARINT:
        this.#varint()
        return
      case WIRE_FIXED64:
        this.#advance(8)
        return
      case WIRE_BYTES:
        this.#advance(this.#varint())
        return
      case WIRE_FIXED32:
        this.#advance(4)
        return
      default:
        throw new MalformedBody(`wire type ${this.#wire} is not known`)
    }
  }

  /** A varint as an unsigned number; what is beyond 2^53 loses precision. */
  uint(): number {
    this.#expect(WIRE_VARINT)
    return this.#varint()
  }

  /** A varint as an unsigned number of 32 bits, without what is beyond. */
  uint32(): number {
    return this.uint() >>> 0
  }

  /** A varint as a signed 64-bit number; what is beyond 2^53 loses precision. */
  int64(): number {
    this.#expect(WIRE_VARINT)
    const start = this.#at
    const value = this.#varint()
    if (value <= Number.MAX_SAFE_INTEGER) return value
    this.#at = start
    return Number(BigInt.asIntN(64, this.#varint64()))
  }

  /** A zigzag varint. */
  sint32(): number {
    const value = this.uint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  bool(): boolean {
    return this.uint() !== 0
  }

  fixed32(): number {
    this.#expect(WIRE_FIXED32)
    return this.#bytes.readUInt32LE(this.#advance(4))
  }

  fixed64(): bigint {
    this.#expect(WIRE_FIXED64)
    return this.#bytes.readBigUInt64LE(this.#advance(8))
  }

  sfixed64(): number {
    this.#expect(WIRE_FIXED64)
    return Number(this.#bytes.readBigInt64LE(this.#advance(8)))
  }

  double(): number {
    this.#expect(WIRE_FIXED64)
    return this.#bytes.readDoubleLE(this.#advance(8))
  }

  string(): string {
    const length = this.#length()
    const start = this.#advance(length)
    return this.#shared.words.read(this.#bytes, start, start + length)
  }

  bytes(): Buffer {
    const length = this.#length()
    const start = this.#advance(length)
    return this.#bytes.subarray(start, start + length)
  }

  /** Bytes as lower-case hex. */
  hex(): string {
    const length = this.#length()
    const start = this.#advance(length)
    return this.#bytes.toString('hex', start, start + length)
  }

  /** A nested message. */
  message(): ProtobufReader {
    const length = this.#length()
    const start = this.#advance(length)
    this.#shared.parts += 1
    if (this.#shared.parts > MAX_PARTS) {
      throw new OversizedBody(`the body holds more than ${MAX_PARTS} messages`)
    }
    return new ProtobufReader(this.#bytes, start, start + length, this.#shared)
  }

  /** Calls `read` for each element of a repeated number, packed or not. */
  repeated(read: (reader: ProtobufReader) => void, elementWire: 0 | 1): void {
    if (this.#wire !== WIRE_BYTES) {
      read(this)
      return
    }
    const packed = this.message()
    packed.#wire = elementWire
    while (packed.#at < packed.#end) read(packed)
  }

  #length(): number {
    this.#expect(WIRE_BYTES)
    return this.#varint()
  }

  #expect(wire: number): void {
    if (this.#wire !== wire)
      throw new MalformedBody(`a field has wire type ${this.#wire} in place of ${wire}`)
  }

  #advance(length: number): number {
    const start = this.#at
    if (length > this.#end - start) throw new MalformedBody('the message ends too early')
    this.#at = start + length
    return start
  }

  #varint(): number {
    let value = 0
    let factor = 1
    for (let count = 0; count < 10; count += 1) {
      if (this.#at >= this.#end) throw new MalformedBody('the message ends too early')
      const byte = this.#bytes[this.#at] as number
      this.#at += 1
      value += (byte & 127) * factor
      if (byte < 128) return value
      factor *= 128
    }
    throw new MalformedBody('a varint is too long')
  }

  #varint64(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.#at >= this.#end) throw new MalformedBody('the message ends too early')
      const byte = this.#bytes[this.#at] as number
      this.#at += 1
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
    throw new MalformedBody('a varint is too long')
  }
}
