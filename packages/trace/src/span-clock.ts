import {
  ATTR_HOST_NAME,
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_TELEMETRY_SDK_LANGUAGE,
  ATTR_THROUGHLINE_NEXT_KIND,
} from '@throughline/conventions'
import type { ResourceRecord, SpanRecord } from '@throughline/otlp'
import { textOf } from './span-attributes.ts'

/**
 * By what clock a span's times are: that of a machine, else that of a process. Spans with the same name for it are never
 * moved against each other.
 */
export function createClockNames(): (span: SpanRecord) => string {
  const names = new Map<ResourceRecord, string>()
  return ({ service, resource }) => {
    const known = names.get(resource)
    if (known !== undefined) return known
    const machine = textOf(resource.attributes[ATTR_HOST_NAME])
    const instance = textOf(resource.attributes[ATTR_SERVICE_INSTANCE_ID]) ?? ''
    const name = machine === undefined ? `process ${service} ${instance}` : `machine ${machine}`
    names.set(resource, name)
    return name
  }
}

/** Whether a span was told by a browser: the load of a page begins before the request which it is a part of. */
export function isOfBrowser({ attributes, resource }: SpanRecord): boolean {
  return (
    attributes[ATTR_THROUGHLINE_NEXT_KIND] === 'browser' ||
    resource.attributes[ATTR_TELEMETRY_SDK_LANGUAGE] === 'webjs'
  )
}
