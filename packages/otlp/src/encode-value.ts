import type { Attributes, AttributeValue, ResourceRecord } from './records.ts'

/**
 * Texts that were made before: resources, and attributes. Whoever encodes the records of one request in several parts gives
 * each part the same one.
 */
export interface EncoderMemo {
  readonly resources: Map<ResourceRecord, string>
  readonly attributes: Map<string, AttributeMemo>
}

/** What was made of one name of an attribute. */
interface AttributeMemo {
  /** All that comes before the value. */
  readonly start: string
  /** The whole attribute, by its value, for the first few values. */
  readonly whole: Map<AttributeValue, string>
}

/** Most values of a name that are remembered: what has more comes too rarely twice. */
const MOST_VALUES = 32

/** An {@link EncoderMemo} with nothing in it. It grows with what is encoded, so it should not outlive a request. */
export function createEncoderMemo(): EncoderMemo {
  return { resources: new Map(), attributes: new Map() }
}

// What JSON escapes, and halves of surrogate pairs.
// oxlint-disable-next-line no-control-regex
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/

/** `text` as a string of JSON. */
export function quote(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`
}

/** The field `name` with a list of `KeyValue`, or nothing where there are none. */
export function encodeAttributes(
  name: 'attributes' | 'values',
  attributes: Attributes,
  memo: EncoderMemo,
): string {
  let text = ''
  // It has no prototype, and this is the fastest way through an object with many names.
  for (const key in attributes) {
    const value = attributes[key]
    if (value === undefined) continue
    if (text !== '') text += ','
    text += encodeAttribute(key, value, memo)
  }
  return text === '' ? '' : `"${name}":[${text}]`
}

function encodeAttribute(name: string, value: AttributeValue, memo: EncoderMemo): string {
  let known = memo.attributes.get(name)
  if (known === undefined) {
    known = { start: `{"key":${quote(name)},"value":`, whole: new Map() }
    memo.attributes.set(name, known)
  }
  const before = known.whole.get(value)
  if (before !== undefined) return before
  const text = `${known.start}${encodeValue(value, memo)}}`
  // A map takes 0 and -0 for the same.
  if (known.whole.size < MOST_VALUES && typeof value !== 'object' && value !== 0) {
    known.whole.set(value, text)
  }
  return text
}

/** An `AnyValue`. */
export function encodeValue(value: AttributeValue, memo: EncoderMemo): string {
  switch (typeof value) {
    case 'string':
      return `{"stringValue":${quote(value)}}`
    case 'number':
      return encodeNumber(value)
    case 'boolean':
      return value ? '{"boolValue":true}' : '{"boolValue":false}'
    default:
      return value === null ? '{}' : encodeNested(value, memo)
  }
}

function encodeNumber(value: number): string {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return `{"intValue":"${value}"}`
  if (!Number.isFinite(value)) return `{"doubleValue":"${value}"}`
  return `{"doubleValue":${Object.is(value, -0) ? '-0' : value}}`
}

function encodeNested(
  value: readonly AttributeValue[] | { readonly [key: string]: AttributeValue },
  memo: EncoderMemo,
): string {
  if (!isList(value)) return `{"kvlistValue":{${encodeAttributes('values', value, memo)}}}`
  if (value.length === 0) return '{"arrayValue":{}}'
  return `{"arrayValue":{"values":[${value.map(item => encodeValue(item, memo)).join()}]}}`
}

function isList(value: object): value is readonly AttributeValue[] {
  return Array.isArray(value)
}
