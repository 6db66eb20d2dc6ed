import { encodeAttributes, quote, type EncoderMemo } from './encode-value.ts'
import type { RecordOrigin } from './record-origin.ts'
import type { ScopeRecord } from './records.ts'

/**
 * Writes an `Export…ServiceRequest` in JSON; `names` are the fields of the resources, their scopes and their records.
 *
 * Resources and scopes that say the same stand once, in the order of their first record.
 */
export function encodeRequest<T extends RecordOrigin>(
  records: readonly T[],
  names: readonly [resources: string, scopes: string, records: string],
  memo: EncoderMemo,
  encode: (record: T) => string,
): string {
  const resources = new Map<string, Map<string, string>>()
  let resourceText = ''
  let scopeText = ''
  let previous: T | undefined
  let scopes = new Map<string, string>()
  for (const record of records) {
    if (record.resource !== previous?.resource) {
      resourceText = encodeResource(record, memo)
      scopes = resources.get(resourceText) ?? new Map<string, string>()
      resources.set(resourceText, scopes)
    }
    if (record.scope !== previous?.scope) scopeText = encodeScope(record.scope)
    const before = scopes.get(scopeText)
    scopes.set(scopeText, before === undefined ? encode(record) : `${before},${encode(record)}`)
    previous = record
  }
  const groups = Array.from(resources, ([resource, inScopes]) => {
    const lists = Array.from(
      inScopes,
      ([scope, list]) => `{"scope":${scope},"${names[2]}":[${list}]}`,
    )
    return `{"resource":${resource},"${names[1]}":[${lists.join()}]}`
  })
  return `{"${names[0]}":[${groups.join()}]}`
}

function encodeResource({ resource }: RecordOrigin, memo: EncoderMemo): string {
  const known = memo.resources.get(resource)
  if (known !== undefined) return known
  const text = `{${encodeAttributes('attributes', resource.attributes, memo)}}`
  memo.resources.set(resource, text)
  return text
}

function encodeScope({ name, version }: ScopeRecord): string {
  return version === ''
    ? `{"name":${quote(name)}}`
    : `{"name":${quote(name)},"version":${quote(version)}}`
}
