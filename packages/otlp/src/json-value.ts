import { newAttributes } from './attributes.ts'
import { MalformedBody } from './errors.ts'
import { MAX_DEPTH } from './limits.ts'
import type { RecordOrigin } from './record-origin.ts'
import type { Attributes, AttributeValue } from './records.ts'

/** An object of OTLP's JSON, whose fields may be anything: a stranger wrote it. A `null` is an absent field. */
export type JsonObject = Readonly<Record<string, unknown>>

/** `value` as an object; an empty one when it is absent. Throws {@link MalformedBody} when it is something else. */
export function asObject(value: unknown, what: string): JsonObject {
  if (value == null) return {}
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new MalformedBody(`${what} is not an object`)
  }
  return value as JsonObject
}

/** `value` as a list of objects; an empty one when it is absent. */
export function asObjects(value: unknown, what: string): JsonObject[] {
  return asList(value, what).map(item => asObject(item, what))
}

/** `value` as a list; an empty one when it is absent. */
export function asList(value: unknown, what: string): readonly unknown[] {
  if (value == null) return []
  if (!Array.isArray(value)) throw new MalformedBody(`${what} is not a list`)
  return value
}

/** `value` as text that UTF-8 can hold; empty when it is absent. */
export function asText(value: unknown, what: string): string {
  if (value == null) return ''
  if (typeof value !== 'string') throw new MalformedBody(`${what} is not a string`)
  return value.toWellFormed()
}

/** `value` as an id in lower-case hex. */
export function asId(value: unknown, what: string): string {
  return asText(value, what).toLowerCase()
}

const NUMBER = /^(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|-?Infinity|NaN)$/i

/** `value` as a number. OTLP writes 64-bit integers as strings, and doubles that JSON lacks as `NaN` and `Infinity`. */
export function asNumber(value: unknown, what: string): number {
  if (value == null) return 0
  if (typeof value === 'number') return value
  if (typeof value === 'string' && NUMBER.test(value)) return Number(value)
  throw new MalformedBody(`${what} is not a number`)
}

/** `value` as a whole number from 0 to 2^32 - 1. */
export function asUint32(value: unknown, what: string): number {
  const number = asNumber(value, what)
  if (number !== number >>> 0) throw new MalformedBody(`${what} is not a whole number of 32 bits`)
  return number
}

/**
 * `value` as one of `values`, of which the first stands for what is not known yet. It is a number; OTLP forbids names such
 * as `SPAN_KIND_SERVER`, but other mappings of protobuf to JSON write them.
 */
export function asEnumerated<T extends string>(
  value: unknown,
  what: string,
  prefix: string,
  values: readonly [T, ...T[]],
): T {
  if (typeof value !== 'string' || !value.startsWith(prefix))
    return values[asUint32(value, what)] ?? values[0]
  const name = value.slice(prefix.length).toLowerCase()
  const known = name === 'unspecified' ? values[0] : values.find(candidate => candidate === name)
  if (known === undefined) throw new MalformedBody(`${what} "${value}" is not known`)
  return known
}

const MAX_NANOSECONDS = 2n ** 64n - 1n

/** `value` as nanoseconds. A number, which no exporter should send, loses its fraction. */
export function asNanoseconds(value: unknown, what: string): bigint {
  if (value == null) return 0n
  const nanoseconds = wholeNumber(value)
  if (nanoseconds === undefined || nanoseconds > MAX_NANOSECONDS) {
    throw new MalformedBody(`${what} is not a time in nanoseconds`)
  }
  return nanoseconds
}

function wholeNumber(value: unknown): bigint | undefined {
  if (typeof value === 'string') return /^\d{1,20}$/.test(value) ? BigInt(value) : undefined
  const isTime = typeof value === 'number' && value >= 0 && value < Infinity
  return isTime ? BigInt(Math.trunc(value)) : undefined
}

/** Reads a list of `KeyValue`. */
export function asAttributes(value: unknown, depth = 0): Attributes {
  const attributes = newAttributes()
  for (const entry of asObjects(value, 'attributes')) {
    attributes[asText(entry['key'], 'key')] = asValue(entry['value'], depth)
  }
  return attributes
}

/** Reads an `AnyValue`. */
export function asValue(value: unknown, depth = 0): AttributeValue {
  if (depth > MAX_DEPTH) {
    throw new MalformedBody(`an attribute nests deeper than ${MAX_DEPTH} levels`)
  }
  const holder = asObject(value, 'value')
  if (holder['stringValue'] != null) return asText(holder['stringValue'], 'stringValue')
  if (holder['boolValue'] != null) return asBoolean(holder['boolValue'], 'boolValue')
  if (holder['intValue'] != null) return asNumber(holder['intValue'], 'intValue')
  if (holder['doubleValue'] != null) return asNumber(holder['doubleValue'], 'doubleValue')
  if (holder['bytesValue'] != null) return asBytes(holder['bytesValue'], 'bytesValue')
  if (holder['arrayValue'] != null) {
    const array = asObject(holder['arrayValue'], 'arrayValue')
    return asList(array['values'], 'values').map(item => asValue(item, depth + 1))
  }
  if (holder['kvlistValue'] != null) {
    return asAttributes(asObject(holder['kvlistValue'], 'kvlistValue')['values'], depth + 1)
  }
  return null
}

/** `value` as a boolean; false when it is absent. */
export function asBoolean(value: unknown, what: string): boolean {
  if (value == null) return false
  if (typeof value !== 'boolean') throw new MalformedBody(`${what} is not true or false`)
  return value
}

const BASE64 = /^[\w+/-]*={0,2}$/

/** `value`, which may be in either alphabet of base64, in the usual one. */
function asBytes(value: unknown, what: string): string {
  const text = asText(value, what)
  if (!BASE64.test(text)) throw new MalformedBody(`${what} is not base64`)
  return Buffer.from(text, 'base64').toString('base64')
}

/** Walks an `Export…ServiceRequest` in JSON; `names` are the fields of the resources, their scopes and their records. */
export function walkJson(
  request: JsonObject,
  names: readonly [resources: string, scopes: string, records: string],
  onRecord: (record: JsonObject, origin: RecordOrigin) => void,
): void {
  const [resources, scopes, records] = names
  for (const holder of asObjects(request[resources], resources)) {
    const { attributes } = asObject(holder['resource'], 'resource')
    const resource = { attributes: asAttributes(attributes) }
    for (const group of asObjects(holder[scopes], scopes)) {
      const { name, version } = asObject(group['scope'], 'scope')
      const scope = { name: asText(name, 'scope.name'), version: asText(version, 'scope.version') }
      for (const record of asObjects(group[records], records)) onRecord(record, { resource, scope })
    }
  }
}
