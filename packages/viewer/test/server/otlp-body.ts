import type { LogRecord, SpanRecord } from '@throughline/otlp'
import { renderOtlpFile } from '../../src/views/otlp-file.ts'
import { makeSpan } from '../../../trace/test/make-span.ts'
import { ask, type Answer } from './running-viewer.ts'

export const JSON_TYPE = { 'content-type': 'application/json' }

/** A request that was served, as a span with the attributes of one. */
export function served(
  given: Partial<SpanRecord> & { readonly method?: string; readonly route?: string } = {},
): SpanRecord {
  const { method = 'GET', route = '/invoices/[id]', attributes = {}, ...rest } = given
  return makeSpan({
    kind: 'server',
    name: `${method} ${route}`,
    resource: { attributes: { 'service.name': rest.service ?? 'web' } },
    attributes: { 'http.request.method': method, 'http.route': route, ...attributes },
    ...rest,
  })
}

/** Spans and logs as an exporter, or a file, has them. */
export const bodyOf = (spans: readonly SpanRecord[], logs: readonly LogRecord[] = []): string =>
  renderOtlpFile(spans, logs)

/** Sends spans as an exporter does. */
export function send(
  viewer: { readonly port: number },
  ...spans: readonly SpanRecord[]
): Promise<Answer> {
  return ask(viewer, '/v1/traces', { method: 'POST', headers: JSON_TYPE, body: bodyOf(spans) })
}
