/** A varint. */
export function varint(value: number | bigint): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return Buffer.from([...bytes, Number(rest)])
}

/** A field that holds a varint. */
export function number(field: number, value: number | bigint): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)])
}

/** A field that holds 64 bits. */
export function double(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return Buffer.concat([varint((field << 3) | 1), bytes])
}

/** A field that holds 64 bits. */
export function fixed64(field: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value))
  return Buffer.concat([varint((field << 3) | 1), bytes])
}

/** A field that holds text, bytes, or a message made of `parts`. */
export function holder(field: number, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const body = Buffer.concat(
    parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)),
  )
  return Buffer.concat([varint((field << 3) | 2), varint(body.length), body])
}

/** A request that holds one record, in the frame that all signals have. */
export function requestWith(...records: readonly Uint8Array[]): Buffer {
  return holder(1, holder(2, ...records.map(record => holder(2, record))))
}
