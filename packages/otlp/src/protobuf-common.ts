import { newAttributes, type MutableAttributes } from './attributes.ts'
import { MalformedBody } from './errors.ts'
import { MAX_DEPTH } from './limits.ts'
import type { ProtobufReader } from './protobuf-reader.ts'
import type { RecordOrigin } from './record-origin.ts'
import type { Attributes, AttributeValue, ResourceRecord, ScopeRecord } from './records.ts'

/** Reads a `KeyValue` into `attributes`. */
export function readAttribute(
  reader: ProtobufReader,
  attributes: MutableAttributes,
  depth = 0,
): void {
  let key = ''
  let value: AttributeValue = null
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) key = reader.string()
    else if (field === 2) value = readAnyValue(reader.message(), depth)
    else reader.skip()
  }
  attributes[key] = value
}

/** Reads an `AnyValue`. */
export function readAnyValue(reader: ProtobufReader, depth = 0): AttributeValue {
  if (depth > MAX_DEPTH)
    throw new MalformedBody(`an attribute nests deeper than ${MAX_DEPTH} levels`)
  let value: AttributeValue = null
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    switch (field) {
      case 1:
        value = reader.string()
        break
      case 2:
        value = reader.bool()
        break
      case 3:
        value = reader.int64()
        break
      case 4:
        value = reader.double()
        break
      case 5:
        value = readArray(reader.message(), depth + 1)
        break
      case 6:
        value = readMap(reader.message(), depth + 1)
        break
      case 7:
        value = reader.bytes().toString('base64')
        break
      default:
        reader.skip()
    }
  }
  return value
}

function readArray(reader: ProtobufReader, depth: number): AttributeValue[] {
  const values: AttributeValue[] = []
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) values.push(readAnyValue(reader.message(), depth))
    else reader.skip()
  }
  return values
}

function readMap(reader: ProtobufReader, depth: number): Attributes {
  const attributes = newAttributes()
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) readAttribute(reader.message(), attributes, depth)
    else reader.skip()
  }
  return attributes
}

/** Reads a `Resource`. */
function readResource(reader: ProtobufReader): ResourceRecord {
  return { attributes: readMap(reader, 0) }
}

/** Reads an `InstrumentationScope`. */
function readScope(reader: ProtobufReader): ScopeRecord {
  let name = ''
  let version = ''
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) name = reader.string()
    else if (field === 2) version = reader.string()
    else reader.skip()
  }
  return { name, version }
}

/**
 * Walks an `Export…ServiceRequest`: resources, their scopes, their records.
 *
 * All three signals have the same frame. A resource or scope may come after its records in the bytes, so the frame
 * is read first and the records after it.
 */
export function walkRequest(
  request: ProtobufReader,
  onRecord: (record: ProtobufReader, origin: RecordOrigin) => void,
): void {
  for (let field = request.next(); field !== 0; field = request.next()) {
    if (field === 1) walkResource(request.message(), onRecord)
    else request.skip()
  }
}

function walkResource(
  reader: ProtobufReader,
  onRecord: (record: ProtobufReader, origin: RecordOrigin) => void,
): void {
  let resource: ResourceRecord = { attributes: newAttributes() }
  const scopes: ProtobufReader[] = []
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) resource = readResource(reader.message())
    else if (field === 2) scopes.push(reader.message())
    else reader.skip()
  }
  for (const scope of scopes) walkScope(scope, resource, onRecord)
}

function walkScope(
  reader: ProtobufReader,
  resource: ResourceRecord,
  onRecord: (record: ProtobufReader, origin: RecordOrigin) => void,
): void {
  let scope: ScopeRecord = { name: '', version: '' }
  const records: ProtobufReader[] = []
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) scope = readScope(reader.message())
    else if (field === 2) records.push(reader.message())
    else reader.skip()
  }
  const origin = { resource, scope }
  for (const record of records) onRecord(record, origin)
}
