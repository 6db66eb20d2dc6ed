/** How the values of a field are written. */
type Scalar = 'text' | 'hex' | 'base64' | 'varint' | 'fixed64' | 'fixed32' | 'double' | 'flag'

/** A message: number and kind of each field, by its name in OTLP's JSON. */
interface Message {
  readonly [name: string]: readonly [field: number, kind: Scalar | (() => Message)]
}

const ANY_VALUE: Message = {
  stringValue: [1, 'text'],
  boolValue: [2, 'flag'],
  intValue: [3, 'varint'],
  doubleValue: [4, 'double'],
  arrayValue: [5, () => ({ values: [1, () => ANY_VALUE] })],
  kvlistValue: [6, () => ({ values: [1, () => KEY_VALUE] })],
  bytesValue: [7, 'base64'],
}

const KEY_VALUE: Message = { key: [1, 'text'], value: [2, () => ANY_VALUE] }

const RESOURCE: Message = { attributes: [1, () => KEY_VALUE] }

const SCOPE: Message = { name: [1, 'text'], version: [2, 'text'], attributes: [3, () => KEY_VALUE] }

const EVENT: Message = {
  timeUnixNano: [1, 'fixed64'],
  name: [2, 'text'],
  attributes: [3, () => KEY_VALUE],
}

const LINK: Message = {
  traceId: [1, 'hex'],
  spanId: [2, 'hex'],
  traceState: [3, 'text'],
  attributes: [4, () => KEY_VALUE],
}

const SPAN: Message = {
  traceId: [1, 'hex'],
  spanId: [2, 'hex'],
  traceState: [3, 'text'],
  parentSpanId: [4, 'hex'],
  name: [5, 'text'],
  kind: [6, 'varint'],
  startTimeUnixNano: [7, 'fixed64'],
  endTimeUnixNano: [8, 'fixed64'],
  attributes: [9, () => KEY_VALUE],
  droppedAttributesCount: [10, 'varint'],
  events: [11, () => EVENT],
  links: [13, () => LINK],
  status: [15, () => ({ message: [2, 'text'], code: [3, 'varint'] })],
  flags: [16, 'fixed32'],
}

const LOG: Message = {
  timeUnixNano: [1, 'fixed64'],
  severityNumber: [2, 'varint'],
  severityText: [3, 'text'],
  body: [5, () => ANY_VALUE],
  attributes: [6, () => KEY_VALUE],
  traceId: [9, 'hex'],
  spanId: [10, 'hex'],
  flags: [8, 'fixed32'],
  observedTimeUnixNano: [11, 'fixed64'],
  eventName: [12, 'text'],
}

const POINT: Message = {
  timeUnixNano: [3, 'fixed64'],
  asDouble: [4, 'double'],
  attributes: [7, () => KEY_VALUE],
}

const METRIC: Message = {
  name: [1, 'text'],
  description: [2, 'text'],
  unit: [3, 'text'],
  gauge: [5, () => ({ dataPoints: [1, () => POINT] })],
}

const frame = (scopes: string, records: string, record: Message): Message => ({
  resource: [1, () => RESOURCE],
  [scopes]: [2, () => ({ scope: [1, () => SCOPE], [records]: [2, () => record] })],
})

const REQUEST: Message = {
  resourceSpans: [1, () => frame('scopeSpans', 'spans', SPAN)],
  resourceLogs: [1, () => frame('scopeLogs', 'logRecords', LOG)],
  resourceMetrics: [1, () => frame('scopeMetrics', 'metrics', METRIC)],
}

/** Number of a field that no version of the protocol has yet. */
const UNKNOWN_FIELD = 4_000

/** Names of enumerated values, which JSON may use and protobuf does not have. */
const ENUMERATED: Readonly<Record<string, number>> = {
  SPAN_KIND_INTERNAL: 1,
  SPAN_KIND_SERVER: 2,
  SPAN_KIND_CLIENT: 3,
  SPAN_KIND_PRODUCER: 4,
  SPAN_KIND_CONSUMER: 5,
  STATUS_CODE_UNSET: 0,
  STATUS_CODE_OK: 1,
  STATUS_CODE_ERROR: 2,
  SEVERITY_NUMBER_INFO: 9,
  SEVERITY_NUMBER_ERROR: 17,
}

/** The bytes of a request that is given in OTLP's JSON. What the protocol does not know is sent as a field of its own. */
export function encodeRequest(request: object): Buffer {
  return encodeMessage(REQUEST, request)
}

/** A field that holds bytes: text, or a message. */
export function encodeBytes(field: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes])
}

function encodeMessage(message: Message, value: object): Buffer {
  const fields = Object.entries(value).map(([name, held]) => {
    const [field, kind] = message[name] ?? [UNKNOWN_FIELD, 'text']
    const items: readonly unknown[] = Array.isArray(held) ? held : [held]
    return Buffer.concat(
      items.map(item =>
        typeof kind === 'string'
          ? encodeScalar(field, kind, item)
          : encodeBytes(field, encodeMessage(kind(), item as object)),
      ),
    )
  })
  return Buffer.concat(fields)
}

function encodeScalar(field: number, kind: Scalar, value: unknown): Buffer {
  switch (kind) {
    case 'text':
      return encodeBytes(
        field,
        Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
      )
    case 'hex':
    case 'base64':
      return encodeBytes(field, Buffer.from(String(value), kind))
    case 'flag':
      return Buffer.concat([varint(field << 3), varint(value === true ? 1 : 0)])
    case 'varint':
      return Buffer.concat([
        varint(field << 3),
        varint(BigInt(ENUMERATED[String(value)] ?? String(value))),
      ])
    case 'fixed32': {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32LE(Number(value))
      return Buffer.concat([varint((field << 3) | 5), bytes])
    }
    case 'fixed64':
    case 'double': {
      const bytes = Buffer.alloc(8)
      if (kind === 'double') bytes.writeDoubleLE(Number(value))
      else bytes.writeBigUInt64LE(BigInt(String(value)))
      return Buffer.concat([varint((field << 3) | 1), bytes])
    }
  }
}

function varint(value: number | bigint): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return Buffer.from([...bytes, Number(rest)])
}
