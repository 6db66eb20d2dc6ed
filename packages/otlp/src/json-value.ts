import { newAttributes } from './protobuf-common.ts'
import { MalformedBody, MAX_DEPTH } from './protobuf-reader.ts'
import type { Attributes, AttributeValue, ResourceRecord, ScopeRecord } from './records.ts'

/** An object of OTLP's JSON, whose fields may be anything: a stranger wrote it. */
export type JsonObject = Readonly<Record<string, unknown>>

/** `value` as an object; an empty one when it is absent. Throws {@link MalformedBody} when it is something else. */
export function asObject(value: unknown, what: string): JsonObject {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw new MalformedBody(`${what} is not an object`)
  return value as JsonObject
}

/** `value` as a list of objects; an empty one when it is absent. */
export function asObjects(value: unknown, what: string): JsonObject[] {
  return asList(value, what).map(item => asObject(item, what))
}

/** `value` as a list; an empty one when it is absent. */
export function asList(value: unknown, what: string): readonly unknown[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new MalformedBody(`${what} is not a list`)
  return value
}

/** `value` as text; empty when it is absent. */
export function asText(value: unknown, what: string): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string') throw new MalformedBody(`${what} is not a string`)
  return value
}

/** `value` as an id in lower-case hex. */
export function asId(value: unknown, what: string): string {
  return asText(value, what).toLowerCase()
}

/** `value` as a number. OTLP writes 64-bit integers as strings, and doubles that JSON lacks as `NaN` and `Infinity`. */
export function asNumber(value: unknown, what: string): number {
  if (value === undefined || value === null) return 0
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  if (typeof number !== 'number') throw new MalformedBody(`${what} is not a number`)
  if (Number.isNaN(number) && value !== 'NaN') throw new MalformedBody(`${what} is not a number`)
  return number
}

/** `value` as nanoseconds. */
export function asNanoseconds(value: unknown, what: string): bigint {
  if (value === undefined || value === null) return 0n
  const whole =
    typeof value === 'number'
      ? Number.isSafeInteger(value) || value > 0
      : /^\d{1,20}$/.test(String(value))
  if (!whole || (typeof value !== 'string' && typeof value !== 'number')) {
    throw new MalformedBody(`${what} is not a time in nanoseconds`)
  }
  return BigInt(typeof value === 'number' ? Math.trunc(value) : value)
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
  if (depth > MAX_DEPTH)
    throw new MalformedBody(`an attribute nests deeper than ${MAX_DEPTH} levels`)
  const holder = asObject(value, 'value')
  if (holder['stringValue'] !== undefined) return asText(holder['stringValue'], 'stringValue')
  if (holder['boolValue'] !== undefined) return holder['boolValue'] === true
  if (holder['intValue'] !== undefined) return asNumber(holder['intValue'], 'intValue')
  if (holder['doubleValue'] !== undefined) return asNumber(holder['doubleValue'], 'doubleValue')
  if (holder['bytesValue'] !== undefined) return asText(holder['bytesValue'], 'bytesValue')
  if (holder['arrayValue'] !== undefined) {
    const array = asObject(holder['arrayValue'], 'arrayValue')
    return asList(array['values'], 'values').map(item => asValue(item, depth + 1))
  }
  if (holder['kvlistValue'] !== undefined) {
    return asAttributes(asObject(holder['kvlistValue'], 'kvlistValue')['values'], depth + 1)
  }
  return null
}

/** Walks an `Export…ServiceRequest` in JSON; `names` are the fields of the resources, their scopes and their records. */
export function walkJson(
  request: JsonObject,
  names: readonly [resources: string, scopes: string, records: string],
  onRecord: (record: JsonObject, origin: { resource: ResourceRecord; scope: ScopeRecord }) => void,
): void {
  const [resources, scopes, records] = names
  for (const holder of asObjects(request[resources], resources)) {
    const resource = {
      attributes: asAttributes(asObject(holder['resource'], 'resource')['attributes']),
    }
    for (const group of asObjects(holder[scopes], scopes)) {
      const { name, version } = asObject(group['scope'], 'scope')
      const scope = { name: asText(name, 'scope.name'), version: asText(version, 'scope.version') }
      for (const record of asObjects(group[records], records)) onRecord(record, { resource, scope })
    }
  }
}
