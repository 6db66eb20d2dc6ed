/** The body is not the message it should be. */
export class MalformedBody extends Error {
  override readonly name = 'MalformedBody'
}

const WIRE_VARINT = 0
const WIRE_FIXED64 = 1
const WIRE_BYTES = 2
const WIRE_FIXED32 = 5

/** How deep messages may nest; deeper ones are an attack, not telemetry. */
export const MAX_DEPTH = 32

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
)

/**
 * Reads one protobuf message, field by field.
 *
 * Throws {@link MalformedBody} where the bytes end too early or make no sense; never reads outside of the message.
 */
export class ProtobufReader {
  readonly #bytes: Buffer
  #at: number
  readonly #end: number
  #wire = 0

  constructor(bytes: Buffer, start = 0, end: number = bytes.length) {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
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

  /** A varint as a signed 64-bit number. */
  int64(): number {
    this.#expect(WIRE_VARINT)
    const value = this.#varint64()
    return Number(BigInt.asIntN(64, value))
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
    const [start, end] = this.#range()
    return this.#bytes.toString('utf8', start, end)
  }

  bytes(): Buffer {
    const [start, end] = this.#range()
    return this.#bytes.subarray(start, end)
  }

  /** Bytes as lower-case hex. */
  hex(): string {
    const [start, end] = this.#range()
    let text = ''
    for (let at = start; at < end; at += 1) text += HEX[this.#bytes[at] as number]
    return text
  }

  /** A nested message. */
  message(): ProtobufReader {
    const [start, end] = this.#range()
    return new ProtobufReader(this.#bytes, start, end)
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

  #range(): [number, number] {
    this.#expect(WIRE_BYTES)
    const length = this.#varint()
    const start = this.#advance(length)
    return [start, start + length]
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
